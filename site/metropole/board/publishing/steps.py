"""What the steps of a published need ask and do besides: changes that hold, a closing that takes its dates along."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..completeness import Lacking, lacking
from ..enums import AmendmentState
from ..lifecycle.attempts import Attempt
from ..lifecycle.effects import digest, original_text
from ..lifecycle.guards import latest_questions
from ..lifecycle.registry import register_effect, register_guard
from ..models import Need, NeedText
from .brands import brands_in, names, plain, refusal
from .changes import Row, with_changes


@register_guard(
    "changes_hold",
    gettext_lazy("What is changed leaves the need complete, and names no brand."),
    "amend",
    "propose_amendment",
    "amend_materially",
)
def changes_hold(attempt: Attempt) -> None:
    rows = attempt.details.get("changes")
    if not rows:
        return
    need, text = with_changes(attempt.need, original_text(attempt.need), rows)
    if need.value_low and need.value_high and need.value_low > need.value_high:
        raise ValidationError({"value_high": _("This is less than the lower end.")})
    if found := _left_lacking(need, text, rows) | _new_brands(need, text, rows):
        raise ValidationError(found)


def _left_lacking(need: Need, text: NeedText, rows: list[Row]) -> Lacking:
    """What is missing because of the change: a mode owes other fields than another."""
    changed = {row["field"] for row in rows}
    return {name: why for name, why in lacking(need, text).items() if name in changed or "mode" in changed}


def _new_brands(need: Need, text: NeedText, rows: list[Row]) -> Lacking:
    """What the published words named already is left to the moderators who read them."""
    _need, before = with_changes(need, text, [row | {"new": row["old"]} for row in rows])
    known, found = sorted(names()), {}
    for name in (row["field"] for row in rows if row["field"] in NeedText.word_fields):
        old = brands_in(plain(before, name), known)
        if brands := [brand for brand in brands_in(plain(text, name), known) if brand not in old]:
            found[name] = refusal(brands)
    return found


@register_guard(
    "no_other_change_waits",
    gettext_lazy("No other material change waits for the moderators."),
    "propose_amendment",
)
def no_other_change_waits(attempt: Attempt) -> None:
    if attempt.need.amendments.filter(state=AmendmentState.PROPOSED).exists():
        raise ValidationError(_("A change waits for the moderators: they decide on it first."))


@register_guard("is_asked_once", gettext_lazy("Its authority has not asked for it already."), "ask_withdrawal")
def is_asked_once(attempt: Attempt) -> None:
    if attempt.need.withdrawal_asked_at:
        raise ValidationError(_("The withdrawal is asked for already: the moderators decide on it."))


@register_effect("extend", "amend", "amend_materially")
def dates_follow(attempt: Attempt) -> None:
    """Moves the closing, and the questions and answers with it; the digest is that of the need as it then is."""
    if closes_at := attempt.details.get("closes_at"):
        move_closing(attempt.need, closes_at)
    attempt.need.digest = digest(attempt.need)


@register_effect("refuse_withdrawal")
def withdrawal_refused(attempt: Attempt) -> None:
    attempt.need.withdrawal_asked_at, attempt.need.withdrawal_reason = None, ""


def move_closing(need: Need, closes_at: dt.datetime) -> None:
    """By whole days, at the same hours; questions still close early enough to be answered."""
    days = dt.timedelta(days=(timezone.localdate(closes_at) - timezone.localdate(need.closes_at)).days)
    need.closes_at = closes_at
    if need.questions_close_at:
        need.questions_close_at = _later(need.questions_close_at, days, latest_questions(closes_at))
        need.answers_due_at = _later(need.answers_due_at, days, closes_at)


def _later(moment: dt.datetime, days: dt.timedelta, latest: dt.datetime) -> dt.datetime:
    """So many days later at the same hour in Paris; not after the latest instant, nor before what was promised."""
    local = timezone.localtime(moment)
    moved = timezone.make_aware(dt.datetime.combine(local.date() + days, local.time()))
    return max(moment, min(moved, latest))
