"""Every screen of needs that several authorities carry, filled, for the words of each to be looked at."""

import datetime as dt
from collections.abc import Iterator
from itertools import count

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from metropole.board.enums import CoCarrierState, Outcome
from metropole.board.models import CoCarrier, Need
from metropole.board.sharing import joint, merging
from metropole.organisations.models import Membership
from tests.factories import MembershipFactory, NeedFactory, ThresholdFactory

from .moderation.conftest import make_moderator
from .untranslated import content


def sharing_pages(client: Client) -> Iterator[str]:
    """The workspace of those who lead, join and have a need, and its public page, in both languages."""
    ThresholdFactory(article=content("R. 2122-8"), note=content("À vérifier."), source_url="https://192.0.2.1/")
    for language in ("fr", "en"):
        with override(language):
            yield from _pages(client)


def _pages(client: Client) -> Iterator[str]:
    lead, other, third = (_agent(name) for name in ("Antony", "Bagneux", "Clamart"))

    def look(agent: Membership, name: str, *args: object) -> str:
        client.force_login(agent.person)
        return client.get(reverse(name, args=args)).content.decode()

    direct, sourcing = _need(lead, direct=True), _need(lead, value_low=1, value_high=61_000)
    invited = _carrier(direct, other, CoCarrierState.INVITED)
    asked = _carrier(sourcing, other, CoCarrierState.ASKED)
    sourcing.interests.create(organisation=third.organisation, scope=content("deux"), wished_on=dt.date(2027, 9, 1))
    yield look(lead, "sharing:carriers", direct.key)
    for text in ("bagn", "clam", "rien"):
        yield client.get(reverse("sharing:carriers", args=[direct.key]), {"q": text}).content.decode()
    yield from (
        look(lead, f"sharing:{name}", sourcing.key, *args) for name, *args in (("request", asked.pk), ("sourcing",))
    )
    yield from (look(lead, "sharing:sourcing", direct.key), look(other, "sharing:invitation", direct.key, invited.pk))
    sent = {"action": "accept", "value_low": "1", "value_high": "40000", "reason": content("Nous aussi.")}
    yield client.post(reverse("sharing:invitation", args=[direct.key, invited.pk]), sent).content.decode()
    yield from (look(other, "sharing:shared"), look(lead, "workspace"), look(_agent("Sceaux"), "sharing:shared"))
    yield from (look(third, name, sourcing.key) for name in ("sharing:ask", "sharing:interest"))
    yield look(MembershipFactory(**_named("Seule")), "sharing:ask", sourcing.key)
    CoCarrier.objects.filter(pk=asked.pk).update(state=CoCarrierState.ACCEPTED)
    yield from (look(other, "sharing:leave", sourcing.key, asked.pk), look(other, "sharing:shared"))
    for need in (direct, sourcing):
        yield from (look(lead, "board:manage", need.key), client.get(need.get_absolute_url()).content.decode())
    yield look(other, "board:manage", sourcing.key)
    yield client.get(other.organisation.get_absolute_url()).content.decode()
    yield from _after_the_closing(look, lead, other)


def _after_the_closing(look, lead: Membership, other: Membership) -> Iterator[str]:
    draft = _need(lead, draft=True)
    yield look(other, "sharing:value", draft.key, _carrier(draft, other).pk)
    studied = _need(lead, studying=True)
    carrier = _carrier(studied, other, veto=content("Non."), veto_at=timezone.now())
    yield from (look(other, "sharing:note", studied.key, carrier.pk), look(lead, "board:manage", studied.key))
    bought = _need(lead, direct=True, studying=True, outcome=Outcome.ADOPTED, outcome_at=timezone.now())
    _carrier(bought, other)
    yield look(lead, "sharing:purchase", bought.key)
    for agent in (lead, other):
        joint.deliberate(bought, agent.organisation, agent.person, dt.date(2027, 2, 12))
    joint.prepare(bought, lead.person, other.organisation, dt.date(2027, 3, 1))
    yield look(other, "sharing:purchase", bought.key)


def sharing_admin_pages(client: Client) -> Iterator[str]:
    """What moderators see of needs that are merged."""
    lead, other = _agent("Antony"), _agent("Bagneux")
    need, into, gone = (_need(agent) for agent in (lead, other, other))
    merging.merge(gone, into, make_moderator(), content("Le même."))
    client.force_login(make_moderator())
    yield client.get(reverse("sharing_admin:merging")).content.decode()
    url = reverse("sharing_admin:merge", args=[need.pk])
    for path in (url, f"{url}?into={into.pk}", reverse("sharing_admin:merge", args=[gone.pk])):
        yield client.get(path).content.decode()
    for one in (gone, need):
        yield client.get(reverse("sharing_admin:unmerge", args=[one.pk])).content.decode()


emails = (content(f"partage{number}@example.org") for number in count())


def _named(name: str) -> dict[str, object]:
    return {
        "contributes": True,
        "person__first_name": content("Jeanne"),
        "person__email": next(emails),
        "organisation__name": content(name),
        "organisation__territory__name": content(name),
        "organisation__territory__parent__name": content("Sud"),
    }


def _agent(name: str) -> Membership:
    return MembershipFactory(engages=True, **_named(name))


def _need(agent: Membership, **fields: object) -> Need:
    words = {name: content("Texte") for name in ("title", "summary", "problem", "expected_result")}
    weightings = [{"criterion": content("Prix"), "weight": "100"}]
    return NeedFactory(organisation=agent.organisation, weightings=weightings, **words, **fields)


def _carrier(need: Need, agent: Membership, state: str = CoCarrierState.ACCEPTED, **fields: object) -> CoCarrier:
    facts = {"value_low": 1, "value_high": 2, "reason": content("Nous aussi."), **fields}
    return CoCarrier.objects.create(need=need, organisation=agent.organisation, state=state, **facts)
