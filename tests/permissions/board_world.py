"""Needs in each state that has screens of its own, with their responses, and a purchasing group."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from metropole.accounts.models import User
from metropole.board.enums import CoCarrierState, ThresholdKey
from metropole.board.models import CoCarrier, Need, NeedFile, Question, Threshold
from metropole.contributions.enums import ScanState
from metropole.organisations.models import Organisation
from metropole.purchasing.models import GroupMember, Message, PurchasingGroup
from metropole.responses.enums import ReceiptKind, Verdict
from metropole.responses.models import (
    Conclusion,
    Decision,
    Exchange,
    ExchangeAnswer,
    FollowUp,
    Opening,
    Receipt,
    Response,
    ResponseFile,
)
from metropole.responses.opening.bundle import bundle_of
from metropole.responses.opening.minutes import minutes_of
from tests.factories import (
    NeedFactory,
    OrganisationFactory,
    PresentationFactory,
    ResponseFactory,
    SolutionPageFactory,
    UserFactory,
)

Particular = dict[str, dict[str, object]]
DRAFTING = ("step", "choose", "alternatives", "check", "delete", "files", "preview")
OPEN = ("change", "extend", "ask_withdrawal")
OF_OPENED = (
    "minutes", "minutes_pdf", "declaration", "responses", "responses_xlsx", "bundle_pdf", "bundle_xlsx", "exchanges",
)  # fmt: skip
OF_RESPONSE = ("response", "decision", "notes", "opinion")
OWN_RESPONSE = ("response", "step", "deposit", "withdraw", "deposited", "copy", "files")
IN_THE_GROUP = ("room", "check", "coordinator", "join", "leave", "share", "step", "write", "remove", "report")


def needs_and_responses(authority: Organisation, company: Organisation, agent: User, need: Need) -> Particular:
    """``need``: an open one of the authority, whose agent takes the steps."""
    draft = NeedFactory(organisation=authority, draft=True, author=agent)
    file = NeedFile.objects.create(
        need=draft, file=ContentFile(b"x", name="plan.txt"), name="plan.txt", size=1, title="Plan", scan=ScanState.CLEAN
    )
    reviewed = NeedFactory(organisation=authority, in_review=True)
    merged = NeedFactory(merged_into=need, merged_at=timezone.now())
    closed = NeedFactory(organisation=authority, closed=True)
    invited = CoCarrier.objects.create(need=need, organisation=OrganisationFactory(commune=True), state="invited")
    accepted = CoCarrier.objects.create(
        need=need, organisation=OrganisationFactory(commune=True), state=CoCarrierState.ACCEPTED
    )
    question = Question.objects.create(
        need=need, text="?", asker=agent, asker_organisation=company, asked_at=timezone.now()
    )
    return {
        "board:manage": {"key": need.key},
        **{f"drafting:{name}": {"key": draft.key, "number": 1} for name in DRAFTING},
        "drafting:file": {"key": draft.key, "pk": file.pk, "name": file.name},
        "drafting:remove": {"key": draft.key, "pk": file.pk},
        "drafting:copy": {"key": need.key},
        **{f"publishing:{name}": {"key": need.key} for name in OPEN},
        "publishing:feed": {"slug": need.slug},
        "needs": {"pk": reviewed.pk},
        "needs-merging": {"pk": need.pk},
        "sharing_admin:unmerge": {"pk": merged.pk},
        **{f"sharing:{name}": {"key": need.key} for name in ("carriers", "ask", "purchase", "sourcing", "interest")},
        **{f"sharing:{name}": {"key": need.key, "pk": accepted.pk} for name in ("leave", "note", "value")},
        **{f"sharing:{name}": {"key": need.key, "pk": invited.pk} for name in ("take_back", "invitation", "request")},
        "questions:ask": {"slug": need.slug},
        **{f"questions:{name}": {"pk": question.pk} for name in ("question", "correct")},
        "matching:need": {"slug": need.slug},
        "responses:begin": {"slug": need.slug},
        "opening:opening": {"key": closed.key},
        **_own_response(need, company),
        **_opened(authority, company, agent),
        **_concluded(authority, company, agent),
    }


def _own_response(need: Need, company: Organisation) -> Particular:
    response = ResponseFactory(need=need, organisation=company, is_deposited=True)
    receipt = _receipt(response)
    file = ResponseFile.objects.create(response=response, file=ContentFile(ResponseFile.sealed(b"x"), name="x"))
    return {
        **{f"responses:{name}": {"pk": response.pk, "number": 1} for name in OWN_RESPONSE},
        **{f"responses:{name}": {"pk": response.pk, "key": file.pk} for name in ("file", "take_file_away")},
        **{f"responses:{name}": {"pk": response.pk, "number": receipt} for name in ("receipt", "receipt_pdf")},
    }


def _receipt(response: Response) -> str:
    return Receipt.objects.create(
        response=response,
        kind=ReceiptKind.DEPOSITED,
        at=response.submitted_at,
        version=response.version,
        digest=response.digest,
    ).number


def _opened(authority: Organisation, company: Organisation, agent: User) -> Particular:
    need = NeedFactory(organisation=authority, studying=True, direct=True)
    opening = Opening(
        need=need,
        asked_by=agent,
        asked_for=authority,
        asked_at=need.closes_at,
        statement="Aucun intérêt.",
        confirmed_by=UserFactory(),
        confirmed_at=need.opened_at,
        second_statement="Aucun intérêt.",
        digest="0" * 64,
    )
    opening.minutes = minutes_of(need, opening)
    opening.save()
    response = ResponseFactory(need=need, organisation=company, is_deposited=True)
    file = ResponseFile.objects.create(response=response, file=ContentFile(ResponseFile.sealed(b"x"), name="x"))
    exchange = Exchange.objects.create(need=need, text="?", due_at=timezone.now() + dt.timedelta(days=3), sent_by=agent)
    answer = ExchangeAnswer.objects.create(exchange=exchange, response=response)
    return {
        **{f"opening:{name}": {"key": need.key} for name in OF_OPENED},
        **{f"opening:{name}": {"key": need.key, "pk": response.pk} for name in OF_RESPONSE},
        "opening:file": {"key": need.key, "pk": response.pk, "file_pk": file.pk},
        "opening:outcome": {"key": need.key, "name": "abandon"},
        "opening:answer": {"pk": answer.pk},
    }


def _concluded(authority: Organisation, company: Organisation, agent: User) -> Particular:
    now = timezone.now()
    outcome = {"outcome": "adopted", "outcome_at": now, "outcome_reason": "Elle répond au besoin."}
    need = NeedFactory(organisation=authority, studying=True, direct=True, **outcome)
    bundle = bundle_of(need, synthesis="", count=1)
    Conclusion.objects.create(need=need, outcome="adopted", at=now, responses_count=1, bundle=bundle, digest="0" * 64)
    response = ResponseFactory(need=need, organisation=company, is_deposited=True)
    Decision.objects.create(response=response, verdict=Verdict.RETAINED, reason="Oui.", told_at=now, recorded_by=agent)
    follow_up = FollowUp.objects.create(need=need, solution=SolutionPageFactory())
    return {
        "opening:public_bundle": {"slug": need.slug},
        "opening:received": {"pk": response.pk},
        "opening:feedback": {"key": need.key, "pk": follow_up.pk},
    }


def purchasing_group(authority: Organisation, agent: User) -> Particular:
    """An authority in a group with another one, and what its agent wrote there."""
    sheet = SolutionPageFactory()
    presentation = PresentationFactory(sheets=[sheet])
    group = PurchasingGroup.objects.create(presentation=presentation, category=sheet.kind, formed_by=agent)
    member = GroupMember.objects.create(group=group, organisation=authority, joined_by=agent)
    GroupMember.objects.create(group=group, organisation=OrganisationFactory(commune=True))
    message = Message.objects.create(group=group, organisation=authority, author=agent, text="Bonjour.")
    keys = {"key": group.key, "item": "convention", "action": "give_up"}
    return {
        **{f"purchasing:{name}": keys | {"pk": member.pk} for name in IN_THE_GROUP},
        **{f"purchasing:{name}": keys | {"pk": message.pk} for name in ("remove", "report")},
        "purchasing:group": {"key": group.key},
        "purchasing": {"pk": group.pk},
        "purchasing_admin:presentation": {"pk": presentation.pk},
        **{f"purchasing:{name}": {"slug": presentation.slug} for name in ("presentation", "form_group", "interest")},
        "purchasing:take_back": {"slug": presentation.slug},
    }


def threshold() -> Threshold:
    return Threshold.objects.create(
        key=ThresholdKey.DISPENSATION_SUPPLIES, amount=60_000, valid_from=dt.date(2026, 4, 1), article="R. 2122-8"
    )
