"""Every screen of responses, from the first draft to the outcome, for the words of each to be looked at."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalogue.deployments import services as deployments
from catalogue.deployments.statements import said_of
from metropole.accounts.models import User
from metropole.board.lifecycle.services import take
from metropole.board.models import Need
from metropole.board.publishing import amendments
from metropole.contributions.files.check import checked
from metropole.core.versions import absolute
from metropole.organisations import legal
from metropole.organisations.enums import Verification
from metropole.organisations.models import Membership, Organisation
from metropole.responses.content import criteria_of, key_of
from metropole.responses.enums import Verdict
from metropole.responses.models import Conclusion, FollowUp, Response
from metropole.responses.opening import asking, exchanging, following, reading
from metropole.responses.writing import receipts, services
from tests.factories import PracticePageFactory, ResponseFactory, SolutionPageFactory, UserFactory
from tests.factories.needs import working_hour

from .board_untranslated import CONTACTS, agent_of, company_agent, law, need_of
from .responses.opening.steps import add_file, decide, marks, read_by, respond
from .untranslated import content

NONE = content("Aucun intérêt.")
OPENING = "metropole.responses.opening"
PARTNERS = [{"name": content("Allié"), "siren": "200054781", "role": content("Pose")}]
ANSWERS = {name: content("Texte") for name in ("summary", "approach", "calendar", "experience", "publishable")}


def response_pages(client: Client, monkeypatch) -> Iterator[str]:
    """What companies write and read, then what the panel does, in both languages."""
    monkeypatch.setattr("metropole.responses.models.ALPHABET", "23456789")
    law()
    for language in ("fr", "en"):
        with override(language):

            def look(person: User, name: str, *args: object) -> str:
                client.force_login(person)
                return client.get(reverse(name, args=args), follow=True).content.decode()

            yield from _writing(client, look)
            yield from _opening(client, monkeypatch, look)


def _writing(client: Client, look) -> Iterator[str]:
    agent, company = agent_of(), company_agent(deposits=True)
    person = company.person
    sheet = SolutionPageFactory(title=content("Borne"), slug=f"borne-{company.pk}", publisher=company.organisation)
    need = need_of(agent, closes_at=timezone.now() + dt.timedelta(days=2), direct=True)
    closed = need_of(agent, closed=True)
    yield look(person, "responses:index")
    yield from (
        look(one, "responses:begin", need.slug)
        for one in (UserFactory(first_name=content("Anne")), agent.person, person)
    )
    for one in (closed, need_of(agent, mode="referral", consultation_url="https://192.0.2.1/")):
        yield from (look(person, "responses:begin", one.slug), look(person, "board:need", one.slug))
    refused, reader = company_agent(), agent_of(company.organisation)
    Organisation.objects.filter(pk=refused.organisation_id).update(verification=Verification.REFUSED)
    yield from (look(one.person, "responses:begin", need.slug) for one in (refused, reader))
    for text in legal.missing(person, company.organisation):
        legal.accept(person, text, company.organisation)
    draft = services.begin(need, company.organisation, person)
    yield from (look(reader.person, "responses:response", draft.pk), look(person, "responses:files", draft.pk))
    yield from (look(person, name, *args) for name, *args in (
        ("workspace",), ("board:need", need.slug), ("responses:begin", need.slug), ("responses:index",),
        ("responses:deposit", draft.pk), ("responses:response", draft.pk)))  # fmt: skip
    yield from _steps(client, look, draft, person, str(sheet.translation_key))
    for name in ("files", "deposit"):
        yield look(person, f"responses:{name}", draft.pk)
    receipt = services.deposit(_again(draft), person, _again(draft).draft_version)
    _save(draft, person, {"summary": content("Autre")})
    for name in ("response", "deposited", "withdraw", "deposit"):
        yield look(person, f"responses:{name}", draft.pk)
    yield look(person, "responses:receipt", draft.pk, receipt.number)
    yield receipts.page(receipt)
    Need.objects.filter(pk=need.pk).update(closes_at=timezone.now() - dt.timedelta(hours=1))
    yield client.post(reverse("responses:withdraw", args=[draft.pk])).content.decode()
    yield from (look(person, "responses:response", draft.pk), look(person, "responses:index"))
    yield client.post(reverse("responses:step", args=[draft.pk, 1]), {"summary": content("Tard.")}).content.decode()
    broken = ResponseFactory(need=need_of(agent), organisation=company.organisation, draft=b"?")
    yield look(person, "responses:step", broken.pk, 1)


def _steps(client: Client, look, draft: Response, person: User, sheet: str) -> Iterator[str]:
    """Each as it is opened, as it is sent wrongly, and once somebody else has written the same."""
    url = reverse("responses:step", args=[draft.pk, 1])
    for sent in ({"summary": content("x" * 999)}, {"summary": content("Deux"), "seen": '{"summary": "0"}'}):
        yield client.post(url, sent).content.decode()
    client.logout()
    yield client.post(url, {"summary": content("Perdu ?")}).content.decode()
    criteria = {one.field: content("Oui.") for one in criteria_of(draft.need)}
    more = {"price": "12000", "price_basis": content("Un an."), "partners": json.dumps(PARTNERS), "solutions": [sheet]}
    former = {f"criterion-{key_of('Rouge')}": content("Oui.")}
    _save(draft, person, ANSWERS | criteria | more | former, {key_of("Rouge"): content("Rouge")})
    for number in range(1, 5):
        yield look(person, "responses:step", draft.pk, number)
    given = replace(checked(SimpleUploadedFile("plan.txt", b"Un plan.")), name=content("plan.txt"))
    services.add_file(_again(draft), person, given, content("Plan"))


def _save(draft: Response, person: User, typed: dict, words: dict[str, str] | None = None) -> None:
    services.save(draft, person, typed, services.seen_of(_again(draft), typed), words)


def _again(response: Response) -> Response:
    return Response.objects.get(pk=response.pk)


def _opening(client: Client, monkeypatch, look) -> Iterator[str]:
    lead = agent_of()
    first, second = lead.person, agent_of(lead.organisation).person
    company, other = company_agent(deposits=True), company_agent(deposits=True)
    amended = need_of(lead, direct=True, early_contacts=CONTACTS, is_example=False, closes_at=working_hour(20))
    amendments.extend(amended, first, working_hour(30), content("Une visite."))
    with time_machine.travel(working_hour(31), tick=True):
        need = Need.objects.get(pk=amended.pk)
        yield from _until_opened(look, need, first, second, company, other)
        yield from _read(client, look, need, first, second, company)
    with time_machine.travel(working_hour(31) + dt.timedelta(days=4), tick=True):
        yield from _concluded(monkeypatch, look, need, first, company)


def _until_opened(look, need: Need, first: User, second: User, company: Membership, other: Membership) -> Iterator[str]:
    sheet = SolutionPageFactory(title=content("Borne"), slug=f"retenue-{need.pk}", publisher=company.organisation)
    said = {"publishable": content("Sobre."), "name_may_be_published": True, "price": "12000", "partners": PARTNERS}
    words = {"summary": content("Oui."), "solutions": [sheet]}
    add_file(respond(need, company.organisation, **words, **said), name=content("plan.pdf"), title=content("Plan"))
    respond(need, other.organisation, summary=content("Oui."))
    yield look(first, "workspace")
    yield from (look(first, name, need.key) for name in ("board:manage", "opening:opening"))
    asking.ask(need, first, NONE)
    yield from (look(one, name, need.key) for one in (first, second) for name in ("board:manage", "opening:opening"))
    opened = asking.confirm(need, second, NONE)
    yield from (look(first, name, need.key) for name in ("opening:minutes", "opening:declaration", "board:manage"))
    reading.declare(opened, second, has_conflict=True, statement=content("Ma sœur."))
    yield from (look(second, name, need.key) for name in ("opening:declaration", "board:manage"))


def _read(client: Client, look, need: Need, first: User, second: User, company: Membership) -> Iterator[str]:
    need = Need.objects.get(pk=need.pk)
    reader = agent_of(need.organisation).person
    read_by(need, first, reader)
    response = need.responses.get(organisation=company.organisation)
    other = need.responses.exclude(pk=response.pk).get()
    for name in ("opening:responses", "opening:exchanges", "opening:declaration"):
        yield look(first, name, need.key)
    reading.note(response, first, _marks(need), content("Bien."), is_finished=True)
    reading.note(response, reader, _marks(need), content("Mal."), is_finished=False)
    due = timezone.now() + dt.timedelta(days=3)
    exchange = exchanging.invite(need, first, "demo", content("Montrez-le."), due, [response, other])
    invited = exchange.answers.get(response=response)
    yield from (look(company.person, name, *args) for name, *args in (
        ("opening:answer", invited.pk), ("opening:received", response.pk)))  # fmt: skip
    exchanging.answer(invited, company.person, content("Volontiers."))
    for name in ("response", "notes", "opinion", "decision"):
        yield look(first, f"opening:{name}", need.key, response.pk)
    yield client.post(reverse("opening:decision", args=[need.key, response.pk])).content.decode()
    reading.opine(response, first, _marks(need), content("Convient."))
    decide(response, first, Verdict.RETAINED, content("Oui."))
    decide(other, first, Verdict.INADMISSIBLE, content("Non."), "other")
    with time_machine.travel(due + dt.timedelta(minutes=1)):
        for name in ("response", "opinion"):
            yield look(reader, f"opening:{name}", need.key, response.pk)
        yield from (look(first, "opening:responses", need.key), look(first, "opening:exchanges", need.key))
        yield look(company.person, "opening:answer", invited.pk)
    Need.objects.filter(pk=need.pk).update(anonymous_reading=True)
    yield from (look(first, f"opening:{name}", need.key) for name in ("responses", "declaration"))
    yield look(first, "opening:response", need.key, other.pk)
    for name in ("adopt", "find_none_suitable", "abandon", "launch_consultation"):
        yield look(first, "opening:outcome", need.key, name)
    Need.objects.filter(pk=need.pk).update(anonymous_reading=False, mode="sourcing")
    yield look(first, "opening:outcome", need.key, "publish_synthesis")
    Need.objects.filter(pk=need.pk).update(mode="direct")


def _marks(need: Need) -> list[dict[str, str]]:
    return [row | {"comment": content("Prouvé.")} for row in marks(need)]


def _concluded(monkeypatch, look, need: Need, first: User, company: Membership) -> Iterator[str]:
    route = {"route": "dispensation_supplies", "amount": 15_000}
    need = take(Need.objects.get(pk=need.pk), "adopt", first, reason=content("Oui."), **route)
    response = need.responses.get(organisation=company.organisation)
    yield from (look(company.person, name, response.pk) for name in ("opening:received", "responses:response"))
    follow_up = FollowUp.objects.get(need=need)
    yield look(first, "board:manage", need.key)
    practice = following.begin_feedback(follow_up, first)
    practice.page = PracticePageFactory(title=content("Ce que nous savons"), slug=f"appris-{need.pk}")
    practice.save()
    used = said_of({"stage": "in_use", "started_on": dt.date(2026, 1, 15)})
    declared = deployments.declare(follow_up.solution, need.organisation, used, first)
    deployments.confirm(declared.waiting, agent_of(need.organisation).person)
    yield from (look(first, "board:manage", need.key), look(first, "board:need", need.slug))
    yield from _printed(monkeypatch, look, need, first)
    yield look(first, "board:need", _synthesis().slug)
    Response.objects.filter(pk=response.pk).update(purged_at=timezone.now(), draft=b"", deposited=None)
    yield from (look(company.person, name, response.pk) for name in ("opening:received", "responses:response"))


def _synthesis() -> Need:
    """Another need, of which the authority has published what it learnt."""
    outcome = {"outcome": "synthesis", "outcome_at": timezone.now(), "outcome_reason": content("Tout existe.")}
    need = need_of(agent_of(), studying=True, **outcome)
    learnt = {"synthesis": content("Tout existe."), "responses_count": 2, "digest": "0" * 64}
    Conclusion.objects.create(need=need, outcome=need.outcome, at=need.outcome_at, **learnt)
    return need


def _printed(monkeypatch, look, need: Need, first: User) -> Iterator[str]:
    """What is put on paper, without the address of the page; and that it cannot be."""
    printed = []
    with monkeypatch.context() as patched:
        patched.setattr(f"{OPENING}.printing.pdf_of", lambda page: printed.append(page) or b"%PDF")
        patched.setattr(f"{OPENING}.views.files.trouble", str)
        for name, key in (("minutes_pdf", need.key), ("bundle_pdf", need.key), ("public_bundle", need.slug)):
            look(first, f"opening:{name}", key)
        patched.setattr(f"{OPENING}.views.files.trouble", lambda: content("Pas de PDF."))
        yield look(first, "opening:bundle_pdf", need.key)
    with override(need.language):
        address = absolute(need.get_absolute_url())
    yield from (page.replace(address, "") for page in printed)
