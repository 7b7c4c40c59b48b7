"""What the fields of a step may not say together. The lifecycle asks the same of the whole need."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ..completeness import weightings_lacking
from ..enums import NeedState
from ..lifecycle.attempts import Attempt
from ..lifecycle.guards import closing_is_reachable, early_contacts_are_said, lasts_long_enough, questions_end_in_time
from ..lifecycle.registry import Check
from ..lifecycle.table import STEP_BY_NAME
from ..models import Need

Cleaned = Mapping[str, Any]
"""What is right of a step's fields, and the mode of the need always."""
Refusals = dict[str, str | Promise]


def purchase(cleaned: Cleaned) -> Refusals:
    """Values from low to high, weights that add up, contacts that took place."""
    refused: Refusals = {}
    low, high = cleaned.get("value_low"), cleaned.get("value_high")
    if None not in (low, high) and high < low:
        refused["value_high"] = _("This is less than the value from which it goes: give the higher one here.")
    if rows := cleaned.get("weightings"):
        refused |= weightings_lacking(Need(mode=cleaned["mode"], weightings=rows))
    contacts = cleaned.get("early_contacts") or []
    if contacts and cleaned.get("no_early_contacts"):
        asked = Need(early_contacts=contacts, no_early_contacts=True)
        refused |= refusals_of(early_contacts_are_said, asked)
    if any(row["date"] > timezone.localdate().isoformat() for row in contacts):
        refused["early_contacts"] = _("This register is of what took place: one of its days is still to come.")
    return refused


def calendar(cleaned: Cleaned) -> Refusals:
    """What would keep the need from being published, as far as its instants are known."""
    closes_at, asked_until, answered = (
        cleaned.get(name) for name in ("closes_at", "questions_close_at", "answers_due_at")
    )
    need = Need(mode=cleaned["mode"], closes_at=closes_at, questions_close_at=asked_until, answers_due_at=answered)
    refused: Refusals = {}
    if closes_at:
        refused |= refusals_of(lasts_long_enough, need) | refusals_of(closing_is_reachable, need)
    if closes_at and asked_until:
        need.answers_due_at = answered or closes_at
        refused |= refusals_of(questions_end_in_time, need)
    return refused


def refusals_of(guard: Check, need: Need, now: dt.datetime | None = None) -> Refusals:
    """What a guard of the lifecycle refuses, by field; "" for what concerns none."""
    attempt = Attempt(need, STEP_BY_NAME["submit"], now or timezone.now(), NeedState.DRAFT, None)
    try:
        guard(attempt)
    except ValidationError as error:
        found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return {name: " ".join(messages) for name, messages in found.items()}
    return {}
