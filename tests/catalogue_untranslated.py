"""Every screen by which a sheet is kept up, for the words of each to be looked at (tests/test_untranslated.py)."""

import datetime as dt
from collections.abc import Iterator

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalogue.enums import Origin
from catalogue.models import Claim, Deployment, SolutionPage
from catalogue.sheet.claims import corroborate
from catalogue.takeover import services
from metropole.contributions.kinds import kind_named
from metropole.contributions.services import begin
from metropole.moderation import deletion
from metropole.organisations import legal
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory

from .moderation.conftest import make_moderator
from .untranslated import content


def catalogue_pages(client: Client) -> Iterator[str]:
    """What carriers, agents, readers and editors see."""
    agent = MembershipFactory(
        contributes=True,
        person__first_name=content("Jean"),
        organisation__name=content("Bagnolet"),
        organisation__territory__name=content("Bagnolet"),
        organisation__territory__parent__name=content("Est"),
    )
    for language in ("fr", "en"):
        with override(language):
            yield from _contributing(client)
            yield from _taking_over(client, agent)
            yield from _confirming(client, agent)
            yield from _removed(client, language)


def _carrier():
    company = OrganisationFactory(name=content("Parcours"))
    membership = MembershipFactory(organisation=company, contributes=True, person__first_name=content("Jeanne"))
    for text in legal.missing(membership.person, company):
        legal.accept(membership.person, text, company)
    return membership


def _sheet(**fields) -> SolutionPage:
    return SolutionPageFactory(title=content("Parcaméra"), slug=f"p-{SolutionPage.objects.count()}",
                               summary=content("Texte"), **fields)  # fmt: skip


def _contributing(client: Client) -> Iterator[str]:
    carrier = _carrier()
    client.force_login(carrier.person)
    draft = begin(kind_named("solution"), carrier.organisation, carrier.person)
    draft.data = {"title": content("Parcaméra"), "evidence": "[]"}
    draft.save()
    for number in range(1, len(kind_named("solution").steps) + 1):
        yield client.get(reverse("contributions:step", args=[draft.pk, number])).content.decode()


def _taking_over(client: Client, agent) -> Iterator[str]:
    carrier, sheet = _carrier(), _sheet()
    ask = reverse("takeover:ask", args=[sheet.pk])
    for person in (agent.person, carrier.person):
        client.force_login(person)
        yield client.get(ask).content.decode()
    yield client.get(sheet.url, follow=True).content.decode()
    for decide in (lambda asked: services.refuse(asked, make_moderator(), content("Non.")),
                   lambda asked: services.accept(asked, make_moderator())):  # fmt: skip
        asked = services.ask(sheet, carrier.organisation, carrier.person, content("Ici."))
        yield client.get(ask).content.decode()
        decide(asked)
    yield client.get(ask).content.decode()


def _confirming(client: Client, agent) -> Iterator[str]:
    sheet = _sheet(origin=Origin.PUBLISHER, publisher=_carrier().organisation, lead_time=content("Un"))
    confirmed = {"stage": "in_use", "state": "confirmed", "started_on": dt.date(2026, 1, 5)}
    Deployment.objects.create(solution=sheet, organisation=agent.organisation, confirmed_at=timezone.now(), **confirmed)
    client.force_login(agent.person)
    screen = reverse("corroboration:confirm", args=[sheet.pk])
    yield client.get(screen).content.decode()
    corroborate(Claim.objects.get(solution=sheet, field="lead_time"), agent.organisation, agent.person)
    yield client.get(screen).content.decode()
    sheet.lead_time = content("Deux")
    sheet.save_revision().publish()
    yield client.get(screen).content.decode()
    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        client.force_login(agent.person)
        yield client.get(sheet.url, follow=True).content.decode()


def _removed(client: Client, language: str) -> Iterator[str]:
    carrier, other = _carrier(), _sheet()
    sheet = _sheet(origin=Origin.PUBLISHER, publisher=carrier.organisation, organisations=[carrier.organisation])
    client.force_login(carrier.person)
    yield client.get(reverse("moderation:ask_removal", args=[sheet.pk])).content.decode()
    said = (content("Fermé."), content("2.4"), [other])
    deletion.grant(deletion.ask(sheet, carrier.person, carrier.organisation, *said), make_moderator())
    yield client.get(sheet.address_in(language).path).content.decode()


def catalogue_admin_pages(client: Client) -> Iterator[str]:
    carrier, sheet = _carrier(), _sheet()
    asked = services.ask(sheet, carrier.organisation, carrier.person, content("Ici."))
    client.force_login(make_moderator())
    yield client.get(reverse("takeover_admin:takeover", args=[asked.pk])).content.decode()
    yield client.get(reverse("moderation_admin:queue")).content.decode()
    services.refuse(asked, make_moderator(), content("Non."))
    yield client.get(reverse("takeover_admin:takeover", args=[asked.pk])).content.decode()
