"""Brings a purchasing group as far as its convention."""

from django.utils import timezone

from metropole.purchasing import checklist
from metropole.purchasing.models import ChecklistEntry

from .conftest import member_of


def sign(group, *memberships):
    """The checklist is seen to, and each of some authorities has deliberated."""
    today = timezone.localdate()
    for item in ("convention", "coordinator"):
        checklist.check(ChecklistEntry(group=group, item=item, done_on=today), memberships[0].person)
    for membership in memberships:
        checklist.share(member_of(group, membership), 30_000, today, membership.person)
