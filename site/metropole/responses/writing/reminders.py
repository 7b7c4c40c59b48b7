"""What the clock has to say: a closing that comes while a response is still a draft, and one that has come."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from ..models import Response
from . import notices
from .people import who_deposit

BEFORE = dt.timedelta(days=2)
AFTER = dt.timedelta(days=7)
"""How long after a closing it is told, where the clock stood still meanwhile."""


def remind() -> None:
    """Each draft once before the closing, and once after it: who was told is not told again."""
    now = timezone.now()
    for draft in _drafts(need__closes_at__gt=now, need__closes_at__lte=now + BEFORE):
        notices.reminded(draft, who_deposit(Response.objects.filter(pk=draft.pk)))
    for draft in _drafts(need__closes_at__lte=now, need__closes_at__gt=now - AFTER):
        notices.not_deposited(draft, who_deposit(Response.objects.filter(pk=draft.pk)))


def _drafts(**closing: dt.datetime) -> QuerySet[Response]:
    """What is neither deposited nor withdrawn, of needs that are neither withdrawn nor merged."""
    drafts = Response.objects.filter(submitted_at=None, withdrawn_at=None)
    drafts = drafts.filter(need__withdrawn_at=None, need__merged_at=None, **closing)
    return drafts.select_related("need").prefetch_related("need__texts__locale")
