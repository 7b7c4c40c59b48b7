"""Where a need stands: it follows from what was done and from the clock, by one table for Python and the database."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Q, Value, When
from django.utils import timezone

from .enums import OUTCOMES, NeedState


@dataclass(frozen=True)
class Condition:
    """Of a need at an instant, in Python and as a query."""

    holds: Callable[[Any, dt.datetime], bool]
    query: Callable[[dt.datetime], Q]


def is_set(field: str) -> Condition:
    """Something was done, at an instant that is noted."""
    return Condition(lambda need, now: getattr(need, field) is not None, lambda now: Q(**{f"{field}__isnull": False}))


def is_reached(field: str, after: str = "published_at") -> Condition:
    """An instant has come, of a need that has another one too."""
    return Condition(
        lambda need, now: None not in (moment := getattr(need, field), getattr(need, after)) and moment <= now,
        lambda now: Q(**{f"{field}__lte": now, f"{after}__isnull": False}),
    )


def is_equal(field: str, value: str) -> Condition:
    return Condition(lambda need, now: getattr(need, field) == value, lambda now: Q(**{field: value}))


RULES: tuple[tuple[NeedState, Condition], ...] = (
    (NeedState.ARCHIVED, is_set("archived_at")),
    (NeedState.WITHDRAWN, is_set("withdrawn_at")),
    (NeedState.MERGED, is_set("merged_at")),
    *((outcome, is_equal("outcome", outcome.value)) for outcome in OUTCOMES),
    (NeedState.STUDYING, is_set("opened_at")),
    (NeedState.CLOSED, is_reached("closes_at")),
    (NeedState.OPEN, is_reached("published_at")),
    (NeedState.IN_REVIEW, is_set("submitted_at")),
    (NeedState.TO_CORRECT, is_set("returned_at")),
)
"""The first that holds is the state; a need of which none holds is a draft."""


def state_of(need: Any, now: dt.datetime | None = None) -> NeedState:
    """The state of a need at an instant, the present one by default. "Open" is half-open: published <= now < closes."""
    now = now or timezone.now()
    return next((state for state, condition in RULES if condition.holds(need, now)), NeedState.DRAFT)


def state_expression(now: dt.datetime | None = None) -> Case:
    """The same, for a query: ``Need.objects.annotate(state_now=state_expression())``."""
    now = now or timezone.now()
    whens = (When(condition.query(now), then=Value(state.value)) for state, condition in RULES)
    return Case(*whens, default=Value(NeedState.DRAFT.value), output_field=CharField())
