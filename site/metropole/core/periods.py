"""When something is open: one rule for calls, needs and the search facet, never stored."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeriodState(models.TextChoices):
    UPCOMING = "upcoming", _("upcoming")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


def period_state(opens_at: Any, closes_at: Any, now: Any = None) -> PeriodState:
    """Where a period stands. The interval is half-open: ``opens_at <= now < closes_at`` is open.

    Instants are aware datetimes, or numbers of one unit; ``now`` is the present instant by default.
    """
    now = timezone.now() if now is None else now
    if now < opens_at:
        return PeriodState.UPCOMING
    return PeriodState.OPEN if now < closes_at else PeriodState.CLOSED
