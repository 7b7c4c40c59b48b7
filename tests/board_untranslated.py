"""Every screen on which needs are written, published, asked about and followed, for their words to be looked at."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from itertools import count

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from metropole.accounts.models import User
from metropole.board.drafting.services import begin
from metropole.board.drafting.steps import STEPS
from metropole.board.enums import Outcome, QuestionState
from metropole.board.lifecycle.services import take
from metropole.board.matching import services as matching
from metropole.board.matching.rule import Filing
from metropole.board.models import Need, NeedFile, Question, Threshold
from metropole.board.publishing import amendments
from metropole.contributions.enums import ScanState
from metropole.organisations.models import Membership, Organisation
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, ThresholdFactory, UserFactory
from tests.factories.needs import working_hour

from .moderation.conftest import make_moderator
from .untranslated import content

WORDS = {name: content("Texte") for name in ("title", "summary", "problem", "expected_result", "success_criteria")}
CRITERIA = {"essential_criteria": content("Sans internet"), "desirable_criteria": content("Silencieux")}
WEIGHTINGS = [{"criterion": content("Prix"), "weight": "100"}]
CONTACTS = [{"date": "2026-03-01", "organisation": content("Société"), "subject": content("Rien.")}]
emails = (content(f"besoin{number}@example.org") for number in count())


def agent_of(organisation: Organisation | None = None, **rights: bool) -> Membership:
    """A member of an organisation, or of a new commune, for which they contribute unless told otherwise."""
    person = {"person__first_name": content("Jeanne"), "person__email": next(emails)}
    commune = {
        "organisation__name": content("Antony"),
        "organisation__territory__name": content("Antony"),
        "organisation__territory__parent__name": content("Sud"),
    }
    place = {"organisation": organisation} if organisation else commune
    return MembershipFactory(**({"contributes": True} | rights), **person, **place)


def company_agent(**rights: bool) -> Membership:
    return agent_of(OrganisationFactory(name=content("Capteurs")), **rights)


def law() -> None:
    """A threshold of the law, if there is none yet."""
    if not Threshold.objects.exists():
        ThresholdFactory(article=content("R. 2122-8"), note=content("À vérifier."), source_url="https://192.0.2.1/")


def need_of(agent: Membership, **fields: object) -> Need:
    return NeedFactory(organisation=agent.organisation, **(WORDS | CRITERIA | {"weightings": WEIGHTINGS} | fields))


def board_pages(client: Client) -> Iterator[str]:
    """The workspace of agents, of who asks and of who follows, and public pages, in both languages."""
    law()
    for language in ("fr", "en"):
        with override(language):

            def look(person: User, name: str, *args: object, **query: str) -> str:
                client.force_login(person)
                answer = client.get(reverse(name, args=args), query, follow=True)
                assert answer.status_code in (200, 403), name
                return answer.content.decode()

            for pages in (_drafting, _publishing, _questions, _matching):
                yield from pages(client, look)


def _drafting(client: Client, look) -> Iterator[str]:
    membership = agent_of()
    agent, nobody = membership.person, UserFactory(first_name=content("Anne"))
    yield from (look(person, name) for person in (nobody, agent) for name in ("board:mine", "drafting:begin"))
    draft = begin(agent, membership.organisation)
    for name in ("check", "preview", "delete", "files", "alternatives"):
        yield look(agent, f"drafting:{name}", draft.key)
    theme = Theme.objects.get(slug="donnee")
    draft.typed |= (
        WORDS | CRITERIA | {"themes": [str(theme.pk)], "mode": "direct", "early_contacts": json.dumps(CONTACTS)}
    )
    draft.return_reason, draft.returned_at = content("Précisez."), timezone.now()
    draft.save()
    _file(draft)
    waiting = _file(draft, ScanState.WAITING)
    for number in range(1, len(STEPS) + 1):
        yield look(agent, "drafting:step", draft.key, number)
        yield look(agent, "drafting:step", draft.key, number, check="1")
    for name in ("check", "preview", "files", "alternatives"):
        yield look(agent, f"drafting:{name}", draft.key)
    client.post(reverse("drafting:alternatives", args=[draft.key]))
    yield from (look(agent, "drafting:remove", draft.key, waiting.pk), look(agent, "drafting:delete", draft.key))
    sent = {"title": content("x" * 500), "seen": "{}"}
    yield client.post(reverse("drafting:step", args=[draft.key, 1]), sent).content.decode()
    yield client.post(reverse("drafting:files", args=[draft.key])).content.decode()
    yield from (look(agent, "board:manage", draft.key), look(agent, "board:mine"))
    source = need_of(membership)
    need_of(agent_of(), copied_from=source)
    yield from (look(agent, name, source.key) for name in ("drafting:copy", "board:manage"))
    yield from (look(agent, "board:need", one.slug) for one in (source, source.copies.get()))


def _file(need: Need, scan: str = ScanState.CLEAN, **fields: object) -> NeedFile:
    names = {"name": f"{content('plan')}.txt", "title": content("Plan")}
    return NeedFile.objects.create(
        need=need, file=ContentFile(b"x", name="x.txt"), size=1, scan=scan, **names, **fields
    )


def _publishing(client: Client, look) -> Iterator[str]:
    membership = agent_of()
    agent = membership.person
    need = _open(membership)
    _amend(need, agent)
    for name in ("extend", "change", "ask_withdrawal"):
        yield look(agent, f"publishing:{name}", need.key)
        yield client.post(reverse(f"publishing:{name}", args=[need.key]), {"reason": ""}).content.decode()
    take(need, "ask_withdrawal", agent, reason=content("Plus besoin."))
    yield look(agent, "board:manage", need.key)
    ended = {"outcome": Outcome.ABANDONED, "outcome_at": timezone.now(), "outcome_reason": content("Non.")}
    silent = {
        "published_at": timezone.now() - dt.timedelta(days=99),
        "closes_at": timezone.now() - dt.timedelta(days=70),
    }
    others = [
        need_of(membership, closed=True, early_contacts=CONTACTS, **ended, outcome_url="https://192.0.2.1/"),
        need_of(membership, closed=True, no_early_contacts=True, archived_at=timezone.now()),
        need_of(membership, direct=True, is_innovative=True, innovation_reason=content("Neuf."), **silent),
        need_of(membership, withdrawn_at=timezone.now(), withdrawal_reason=content("Non."), mode="referral"),
    ]
    for one in (need, *others):
        yield client.get(one.get_absolute_url()).content.decode()
    # The steps of the table go by their numbers.
    yield re.sub(r"N\d+[a-f]?", "", look(agent, "publishing:rules"))


def _open(membership: Membership) -> Need:
    """An open need to which nothing is missing."""
    need = need_of(
        membership,
        closes_at=working_hour(20),
        questions_close_at=working_hour(8),
        answers_due_at=working_hour(10),
        is_example=False,
        author=membership.person,
    )
    _file(need)
    _file(need, removed_at=timezone.now())
    return need


def _amend(need: Need, agent: User) -> None:
    """It is put off and clarified; a material change is refused, another one waits."""
    why = content("Une visite.")
    amendments.extend(need, agent, working_hour(30), why)
    amendments.change(need, agent, {"title": content("Ombrager")}, why)
    refused = amendments.change(need, agent, {"essential_criteria": content("Solide")}, why)
    amendments.refuse(refused, make_moderator(first_name=content("Ada")), content("Trop tard."))
    amendments.change(need, agent, {"essential_criteria": content("Léger")}, why)


def board_admin_pages(client: Client) -> Iterator[str]:
    """What moderators see of needs, in each state in which they decide something."""
    membership = agent_of()
    asked = {"withdrawal_asked_at": timezone.now(), "withdrawal_reason": content("Plus besoin.")}
    ended = {"outcome": Outcome.ABANDONED, "outcome_at": timezone.now(), "outcome_reason": content("Non.")}
    opened = _open(membership)
    _amend(opened, membership.person)
    innovative = {"is_innovative": True, "innovation_reason": content("Neuf."), "early_contacts": CONTACTS}
    needs = [
        opened,
        need_of(membership, in_review=True, direct=True, **innovative),
        need_of(membership, **asked),
        need_of(membership, closed=True, **ended),
        begin(membership.person, membership.organisation),
    ]
    moderator = make_moderator(first_name=content("Ada"))
    MembershipFactory(person=moderator, organisation=membership.organisation)
    for person in (make_moderator(first_name=content("Ada")), moderator):
        client.force_login(person)
        for need in needs:
            yield client.get(reverse("needs_admin:need", args=[need.pk])).content.decode()
    for query in ("", "?q=xyz", "?state=open&p=2"):
        yield client.get(reverse("needs_admin:needs") + query).content.decode()


def _questions(client: Client, look) -> Iterator[str]:
    membership = agent_of()
    agent = membership.person
    need = need_of(membership, questions_close_at=working_hour(3), answers_due_at=working_hour(6))
    late = need_of(membership, questions_close_at=working_hour(-9), answers_due_at=working_hour(-5))
    company = company_agent()
    yield from (look(agent, "questions:mine"), look(agent, "questions:ask", need.slug))
    yield from (look(company.person, "questions:mine"), look(company.person, "questions:ask", need.slug))
    sent = {"organisation": company.organisation_id, "text": content("Jeanne demande : quelle surface ?")}
    yield client.post(reverse("questions:ask", args=[need.slug]), sent).content.decode()
    yield client.post(reverse("questions:ask", args=[late.slug]), sent).content.decode()
    asked, published, corrected, dismissed, _owed = (
        _question(one, company, **fields)
        for one, fields in (
            (need, {}),
            (need, _said()),
            (need, _said() | {"correction": content("Non."), "corrected_at": timezone.now()}),
            (need, {"state": QuestionState.DISMISSED, "dismissal": content("Déjà dit.")}),
            (late, {}),
        )
    )
    for question in (asked, published, corrected, dismissed):
        yield look(agent, "questions:question", question.pk)
    url = reverse("questions:question", args=[asked.pk])
    for action in ("publish", "dismiss"):
        yield client.post(url, {"action": action}).content.decode()
    # Somebody else has kept something meanwhile.
    Question.objects.filter(pk=asked.pk).update(published_text=content("Surface ?"), answer=content("Deux."))
    kept = {"action": "keep", "published_text": content("Combien ?"), "answer": content("Un."), "seen": "0"}
    yield client.post(url, kept).content.decode()
    yield from (look(agent, "questions:correct", published.pk), look(agent, "questions:mine"), look(agent, "workspace"))
    for one in (need, late):
        yield from (look(agent, "board:manage", one.key), client.get(one.get_absolute_url()).content.decode())
    yield look(make_moderator(first_name=content("Ada")), "questions:question", asked.pk)
    yield look(company.person, "questions:mine")


def _said() -> dict[str, object]:
    words = {"published_text": content("Quelle surface ?"), "answer": content("Trois cents.")}
    return {"state": QuestionState.PUBLISHED, "published_at": timezone.now(), **words}


def _question(need: Need, asker: Membership, **fields: object) -> Question:
    return Question.objects.create(
        need=need,
        text=content("Surface ?"),
        asker=asker.person,
        asker_organisation=asker.organisation,
        asked_at=timezone.now(),
        **fields,
    )


def _matching(client: Client, look) -> Iterator[str]:
    membership = agent_of()
    need = need_of(membership, is_example=False)
    need.themes.add(Theme.objects.get(slug="donnee"))
    need.territories.add(Territory.objects.get(slug="montreuil"))
    person = company_agent().person
    yield from (look(person, "matching:following"), look(person, "matching:new"))
    filings = [Filing(frozenset({"donnee"}), frozenset({"est"})), Filing(frozenset(), frozenset({"montreuil"}))]
    followed, paused = (matching.follow(person, filing) for filing in filings)
    matching.set_active(paused, person, is_active=False)
    matching.watch(need, person)
    yield from (
        look(person, "matching:following"),
        look(person, "matching:edit", followed.pk),
        look(person, "workspace"),
    )
    sent = {"themes": ["capteurs"], "action": "preview"}
    yield client.post(reverse("matching:new"), sent).content.decode()
    yield look(person, "board:need", need.slug)
    matching.leave(need, person)
    yield look(person, "board:need", need.slug)
