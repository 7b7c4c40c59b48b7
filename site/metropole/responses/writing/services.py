"""What people do to responses: the one way to write, deposit, replace and withdraw one.

Each service locks the need's row, then the response's, reads the clock afterwards, and changes all or nothing.
"""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from metropole.board.models import Need
from metropole.contributions.conflicts import Merge, Seen, Typed, merge
from metropole.contributions.conflicts import digest as seen_digest
from metropole.contributions.files.check import CheckedFile
from metropole.core.policy import policy
from metropole.organisations import legal
from metropole.organisations.models import Organisation

from ..content import PREFIX, Content, criteria_of, digest_of, hashes_of
from ..enums import ReceiptKind
from ..models import Receipt, Response
from ..sealing import seal_data
from . import files, notices
from .completeness import handed_in
from .eligibility import refusal_by
from .holding import ChangedMeanwhileError, Held, held, open_need


@transaction.atomic
def begin(need: Need, organisation: Organisation, person: AbstractUser) -> Response:
    """The response of an organisation to a need: a new draft, or the one that it has begun already.

    Raises TooLateError, PermissionDenied, ValidationError with the reason.
    """
    need, _now = open_need(need)
    if refusal := refusal_by(person, need, organisation):
        raise ValidationError(refusal.reason.text)
    policy.require(person, "response.begin", Response(need=need, organisation=organisation))
    _require_agreement(person, organisation)
    draft = seal_data({"answers": {}, "words": {}, "files": []})
    # Of two who begin at once, the second waits for the need's row, and finds what the first has begun.
    begun, _is_new = Response.objects.get_or_create(
        need=need, organisation=organisation, defaults={"begun_by": person, "draft": draft}
    )
    return begun


@transaction.atomic
def save(
    response: Response,
    person: AbstractUser,
    typed: Mapping[str, Typed],
    seen: Seen,
    words: Mapping[str, str] | None = None,
) -> Merge:
    """Keeps what somebody typed, but for fields in conflict.

    ``words``: the criteria that were asked about, by key. Raises TooLateError, PermissionDenied.
    """
    hold = held(response, person, "response.write")
    content = hold.response.draft_content
    merged = merge(content.get("answers", {}), typed, seen)
    known = {criterion.key: criterion.text for criterion in criteria_of(hold.response.need)}
    words = {**content.get("words", {}), **(words or {}), **known}
    answered = {name.removeprefix(PREFIX) for name, answer in merged.data.items() if answer}
    content["words"] = {key: text for key, text in words.items() if key in answered}
    content["answers"] = merged.data
    _keep_draft(hold.response, content)
    return merged


@transaction.atomic
def add_file(response: Response, person: AbstractUser, given: CheckedFile, title: str) -> None:
    """Seals a file that was checked, and keeps it. Raises FileRefusedError, TooLateError, PermissionDenied."""
    clear = files.scanned(given)
    hold = held(response, person, "response.write")
    content = hold.response.draft_content
    content["files"] = [*content["files"], files.keep(hold.response, content, given.name, title, clear)]
    _keep_draft(hold.response, content)


@transaction.atomic
def take_file_away(response: Response, person: AbstractUser, key: str) -> bool:
    """Whether the draft had it. What was deposited keeps its own until it is replaced or withdrawn."""
    hold = held(response, person, "response.write")
    content = hold.response.draft_content
    left = [entry for entry in content["files"] if entry["id"] != key]
    if len(left) == len(content["files"]):
        return False
    content["files"] = left
    _keep_draft(hold.response, content)
    files.delete_unused(hold.response)
    return True


@transaction.atomic
def deposit(response: Response, person: AbstractUser, version: int) -> Receipt:
    """Hands the draft in, or puts it in the place of what was handed in; gives the receipt.

    ``version``: of the draft, as the person has seen it. What is handed in already is not handed in again: it has its
    receipt. Raises TooLateError, ChangedMeanwhileError, IncompleteError, PermissionDenied, ValidationError.
    """
    hold = held(response, person, "response.deposit")
    found = hold.response
    _require_agreement(person, found.organisation)
    if found.draft_version != version:
        raise ChangedMeanwhileError(_("Somebody has changed the draft meanwhile: look at it again, then deposit it."))
    content = handed_in(found, found.draft_content)
    digest = digest_of(content)
    if found.is_deposited and found.digest == digest:
        return found.receipts.exclude(kind=ReceiptKind.WITHDRAWN).latest("version")
    kind = ReceiptKind.REPLACED if found.is_deposited else ReceiptKind.DEPOSITED
    found.deposited, found.digest = seal_data(content), digest
    found.version += 1
    found.submitted_at, found.withdrawn_at = hold.now, None
    found.save(update_fields=["deposited", "digest", "version", "submitted_at", "withdrawn_at"])
    files.delete_unused(found)
    return _acknowledged(hold, kind, person, hashes_of(content))


@transaction.atomic
def withdraw(response: Response, person: AbstractUser) -> Receipt:
    """Takes back what was handed in; the draft stays. Nobody but its organisation learns of it."""
    hold = held(response, person, "response.deposit")
    found = hold.response
    if not found.is_deposited:
        raise ValidationError(_("Nothing is deposited now: there is nothing to withdraw."))
    hashes = hashes_of(found.deposited_content)
    found.deposited, found.submitted_at, found.withdrawn_at = None, None, hold.now
    found.save(update_fields=["deposited", "submitted_at", "withdrawn_at"])
    files.delete_unused(found)
    return _acknowledged(hold, ReceiptKind.WITHDRAWN, person, hashes)


@transaction.atomic
def deposit_at_once(
    need: Need, organisation: Organisation, person: AbstractUser, answers: Mapping[str, Typed]
) -> Receipt:
    """Begins, writes and deposits in one go: by the same services, so that the same is asked of it."""
    begun = begin(need, organisation, person)
    save(begun, person, answers, seen_of(begun, answers))
    begun.refresh_from_db(fields=["draft_version"])
    return deposit(begun, person, begun.draft_version)


def seen_of(response: Response, fields: Iterable[str]) -> Seen:
    """What the draft holds of some fields, as a form given now would know it."""
    stored = response.draft_content["answers"]
    return {name: seen_digest(stored.get(name)) for name in fields}


def _keep_draft(response: Response, content: Content) -> None:
    response.draft = seal_data(content)
    response.draft_version += 1
    response.save(update_fields=["draft", "draft_version"])


def _acknowledged(hold: Held, kind: ReceiptKind, person: AbstractUser, hashes: list[str]) -> Receipt:
    found = hold.response
    receipt = Receipt.objects.create(
        response=found,
        kind=kind,
        at=hold.now,
        version=found.version,
        digest=found.digest,
        files=hashes,
        person=person,
    )
    notices.acknowledged(receipt, person)
    return receipt


def _require_agreement(person: AbstractUser, organisation: Organisation) -> None:
    """The terms, and the charter in the organisation's name, as they are in force today."""
    if legal.missing(person, organisation):
        raise ValidationError(_("Accept the terms of use and the charter in force first."))
