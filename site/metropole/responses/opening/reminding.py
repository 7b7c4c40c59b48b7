"""An outcome is owed: its authority is reminded of it, three times."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from metropole.board.models import Need
from metropole.board.notices import authors
from metropole.organisations.people import owners

from . import notices

REMINDERS = tuple(dt.timedelta(days=days) for days in (7, 21, 45))
TO_OWNERS = REMINDERS[1]
"""From this reminder on, those who manage the authority are told too."""
_LATE = dt.timedelta(days=10)
"""How long a reminder may still be given that was not given on its day."""


def remind_of_outcomes() -> int:
    """Gives the reminders that are due, each once; of how many needs. Called regularly."""
    now = timezone.now()
    last = now - REMINDERS[-1] - _LATE
    owing = Need.objects.filter(
        Q(closes_at__gte=last) | Q(outcome_cleared_at__gte=last),
        published_at__isnull=False,
        closes_at__lte=now - REMINDERS[0],
        outcome="",
        withdrawn_at=None,
        merged_at=None,
        archived_at=None,
    )
    return sum(_remind(need, now) for need in owing.select_related("organisation").with_texts())


def _remind(need: Need, now: dt.datetime) -> bool:
    # An outcome that was taken back is owed anew.
    since = max(filter(None, (need.closes_at, need.outcome_cleared_at)))
    due = [after for after in REMINDERS if after <= now - since < after + _LATE]
    if not due:
        return False
    people = {person.pk: person for person in authors(need)}
    if due[-1] >= TO_OWNERS:
        people |= {person.pk: person for person in owners(need.organisation)}
    notices.outcome_due(need, people.values(), f"need.outcome_due:{need.pk}:{since:%Y-%m-%d}:{due[-1].days}")
    return True
