"""Changes of an open need: a clarification or a later closing at once, a material change once moderators have read it.

Each published one has its number, what it changes, and why; all are told in the same minute.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.core.lifecycle import TransitionRefusedError

from ..enums import AmendmentKind, AmendmentState
from ..lifecycle.attempts import Attempt
from ..lifecycle.effects import original_text
from ..lifecycle.registry import guards_of
from ..lifecycle.services import locked, take
from ..lifecycle.table import STEP_BY_NAME
from ..models import Amendment, Need
from ..states import state_of
from .changes import Row, is_material, rows_between, stored, with_changes

DATES = ("closes_at", "questions_close_at", "answers_due_at")


def next_number(need: Need) -> int:
    """Of the next amendment to be published of a need whose row is locked."""
    return (need.amendments.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def extend(need: Need, person: AbstractUser, closes_at: dt.datetime | None, reason: str) -> Amendment:
    """Puts the closing off. Raises WrongStateError, PermissionDenied, ValidationError."""
    before = locked(need)
    number = next_number(before)
    after = take(before, "extend", person, reason=reason, closes_at=closes_at, noted={"amendment": number})
    return _keep(Amendment(need=after, kind=AmendmentKind.EXTENSION, reason=reason, proposed_by=person), before, number)


@transaction.atomic
def change(
    need: Need,
    person: AbstractUser,
    values: Mapping[str, Any],
    reason: str,
    closes_at: dt.datetime | None = None,
    seen: str | None = None,
) -> Amendment:
    """Changes what is published: at once, or, where that is material, as a proposal to the moderators.

    ``seen``: the digest of what the author had before their eyes. Raises as ``extend`` does.
    """
    need = locked(need)
    if seen is not None and seen != need.digest:
        raise TransitionRefusedError(_("Meanwhile this need was changed: look at what it says now, and change that."))
    text = original_text(need)
    rows = rows_between(need, text, values)
    if not rows:
        raise ValidationError(_("Nothing is changed yet: what is typed is what is published."))
    amendment = Amendment(need=need, changes=rows, reason=reason, closes_at=closes_at, proposed_by=person)
    if is_material(rows):
        return _propose(amendment, person)
    amendment.kind = AmendmentKind.WORDS
    return _publish(amendment, "amend", person)


def _propose(amendment: Amendment, person: AbstractUser) -> Amendment:
    details = {"changes": amendment.changes, "is_material": True, "closes_at": amendment.closes_at}
    take(amendment.need, "propose_amendment", person, reason=amendment.reason, **details)
    _check_as_published(amendment, details)
    amendment.kind = AmendmentKind.MATERIAL
    amendment.save()
    return amendment


def _check_as_published(amendment: Amendment, details: dict[str, Any]) -> None:
    """What would refuse the publication now is said to the author, not to the moderators."""
    need, _text = with_changes(amendment.need, original_text(amendment.need), amendment.changes)
    step, now = STEP_BY_NAME["amend_materially"], timezone.now()
    attempt = Attempt(need, step, now, state_of(need, now), None, need.organisation, amendment.reason, details)
    for guard in guards_of(step.name):
        guard.check(attempt)


@transaction.atomic
def publish(amendment: Amendment, moderator: AbstractUser) -> Amendment:
    """A moderator publishes a material change. Raises as ``extend`` does."""
    amendment = _waiting(amendment)
    return _publish(amendment, "amend_materially", moderator)


@transaction.atomic
def refuse(amendment: Amendment, moderator: AbstractUser, reason: str) -> Amendment:
    """A moderator leaves the need as it is. Raises as ``extend`` does."""
    amendment = _waiting(amendment)
    take(amendment.need, "refuse_amendment", moderator, reason=reason)
    amendment.state, amendment.refusal, amendment.decided_at = AmendmentState.REFUSED, reason, timezone.now()
    amendment.save()
    return amendment


def _waiting(amendment: Amendment) -> Amendment:
    """It and its need as the database has them, while nobody else decides."""
    need = locked(amendment.need)
    amendment = Amendment.objects.get(pk=amendment.pk)
    amendment.need = need
    if amendment.state != AmendmentState.PROPOSED:
        raise TransitionRefusedError(_("This change does not wait for a decision any more."))
    return amendment


def _publish(amendment: Amendment, step: str, person: AbstractUser) -> Amendment:
    """Writes the change down before the step is asked for, whose guards see it: what is refused leaves nothing."""
    before, number = amendment.need, next_number(amendment.need)
    text = original_text(before)
    _refuse_stale(before, amendment.changes)
    need, text = with_changes(before, text, amendment.changes)
    text.last_published_at = timezone.now()
    if any(row["field"] in text.word_fields for row in amendment.changes):
        text.save()
    need.save()
    details = {
        "changes": amendment.changes,
        "is_material": step == "amend_materially",
        "closes_at": amendment.closes_at,
    }
    noted = {"amendment": number}
    amendment.need = take(need, step, person, reason=amendment.reason, noted=noted, **details)
    return _keep(amendment, before, number)


def _refuse_stale(need: Need, rows: list[Row]) -> None:
    text = original_text(need)
    for row in rows:
        instance = text if row["field"] in text.word_fields else need
        if stored(getattr(instance, row["field"])) != row["old"]:
            raise TransitionRefusedError(_("Meanwhile the words that this changes were changed: refuse it."))


def _keep(amendment: Amendment, before: Need, number: int) -> Amendment:
    """With its number, and the dates that it has moved."""
    after = amendment.need
    moved = [(name, stored(getattr(before, name)), stored(getattr(after, name))) for name in DATES]
    rows = [{"field": name, "old": old, "new": new} for name, old, new in moved if old != new]
    amendment.changes = [*amendment.changes, *rows]
    amendment.number, amendment.state, amendment.decided_at = number, AmendmentState.PUBLISHED, timezone.now()
    amendment.closes_at = after.closes_at if rows else None
    amendment.save()
    return amendment
