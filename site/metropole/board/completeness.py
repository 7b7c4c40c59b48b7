"""What a need owes before anybody else reads it, by field: for its form, its submission and its publication alike."""

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metropole.core.lists.rows import Row

from .enums import NeedMode
from .models import Need, NeedText
from .models.text import criteria

MOST_CRITERIA = 10
WHOLE = 100
Lacking = dict[str, str | Promise]


def lacking(need: Need, text: NeedText | None) -> Lacking:
    """By field of the need or of its original text, what is missing or wrong; empty where it is complete."""
    if text is None:
        return {"title": _("This need has no words yet.")}
    owed = owed_fields(need.mode, is_innovative=need.is_innovative)
    found = {name: _("This is owed.") for name in owed if not _is_said(need, text, name)}
    return found | _criteria(need, text) | weightings_lacking(need)


def owed_fields(mode: str, *, is_innovative: bool) -> list[str]:
    """Of the need and of its original text."""
    owed = ["title", "summary", "problem", "expected_result", "closes_at"]
    if mode == NeedMode.REFERRAL:
        return [*owed, "consultation_url"]
    owed += ["essential_criteria", "success_criteria", "questions_close_at", "answers_due_at"]
    if mode == NeedMode.DIRECT:
        owed += ["value_low", "value_high", "weightings"]
    if is_innovative:
        owed.append("innovation_reason")
    return owed


def _is_said(need: Need, text: NeedText, name: str) -> bool:
    value = getattr(text if name in text.word_fields else need, name)
    return bool(strip_tags(value).strip()) if isinstance(value, str) else value is not None


def _criteria(need: Need, text: NeedText) -> Lacking:
    found: Lacking = {}
    if need.mode != NeedMode.REFERRAL and not text.essential:
        found["essential_criteria"] = _("Give one essential criterion at least: respondents answer point by point.")
    for name in text.criteria_fields:
        try:
            refuse_too_many(getattr(text, name))
        except ValidationError as error:
            found[name] = error.message
    return found


def refuse_too_many(lines: str) -> None:
    """Criteria, one a line. Raises ValidationError."""
    if len(criteria(lines)) > MOST_CRITERIA:
        said = ngettext("%(most)d criterion at most.", "%(most)d criteria at most.", MOST_CRITERIA)
        raise ValidationError(said % {"most": MOST_CRITERIA})


def weightings_lacking(need: Need) -> Lacking:
    """What is wrong with the weights by which the responses to a direct enquiry are compared."""
    if need.mode != NeedMode.DIRECT:
        return {}
    if any(float(row.get("weight") or 0) <= 0 for row in need.weightings):
        return {"weightings": _("Each weight is above 0.")}
    total = total_weight(need.weightings)
    if total == WHOLE:
        return {}
    return {"weightings": _("The weightings add up to %(total)s: they must add up to 100.") % {"total": f"{total:g}"}}


def total_weight(rows: list[Row]) -> float:
    return sum(float(row.get("weight") or 0) for row in rows)
