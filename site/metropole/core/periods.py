"""When something is open: one rule for calls, needs and the search facet, never stored."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeriodState(models.TextChoices):
    UPCOMING = "upcoming", _("upcoming")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


def period_state(opens_at: dt.datetime, closes_at: dt.datetime, now: dt.datetime | None = None) -> PeriodState:
    """Where a period stands. The interval is half-open: ``opens_at <= now < closes_at`` is open."""
    now = now or timezone.now()
    if now < opens_at:
        return PeriodState.UPCOMING
    return PeriodState.OPEN if now < closes_at else PeriodState.CLOSED
