"""Saying that an authority is interested in solutions, and taking it back: all or nothing, by the clock."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.periods import PeriodState
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from .models import GroupMember, Interest, Presentation, PresentedSolution
from .policy import refusal, refusal_of_person
from .transitions import SAY_INTEREST, TAKE_BACK

LATEST = dt.timedelta(days=3653)


class RefusedError(ValidationError):
    """This organisation, or this person, takes no part: its message says why."""


@dataclass(frozen=True)
class Said:
    """``solutions``: the rows of the presentation, by identifier."""

    solutions: Collection[int]
    scope: str = ""
    wished_on: dt.date | None = None


def locked(presentation: Presentation) -> Presentation:
    """As it stands now, its row held until the end of the transaction."""
    return Presentation.objects.select_for_update(of=("self",)).get(pk=presentation.pk)


@transaction.atomic
def say(presentation: Presentation, organisation: Organisation, said: Said, person: AbstractUser) -> Interest:
    """Has an agent say that their authority is interested; said again, it says this instead.

    The row is locked first, and the clock read afterwards. Raises RefusedError, PermissionDenied, ValidationError.
    """
    presentation = locked(presentation)
    now = timezone.now()
    if why := refusal(presentation, organisation) or refusal_of_person(presentation, person):
        raise RefusedError(why)
    policy.require(person, "presentation.be_interested", (presentation, organisation))
    check_open(presentation, now)
    solutions = _solutions(presentation, said)
    _check_day(said.wished_on)
    interest, _is_new = Interest.objects.update_or_create(
        presentation=presentation,
        organisation=organisation,
        defaults={"scope": said.scope, "wished_on": said.wished_on, "said_by": person, "said_at": now},
    )
    interest.solutions.set(solutions)
    after = {"solutions": [solution.title for solution in solutions], "scope": said.scope}
    record(interest, SAY_INTEREST, person, organisation=organisation, after=after)
    return interest


@transaction.atomic
def take_back(interest: Interest, person: AbstractUser) -> None:
    """At any time, as long as the authority is in no group that follows from it. Raises PermissionDenied."""
    presentation = locked(interest.presentation)
    interest = Interest.objects.select_related("organisation").filter(pk=interest.pk).first()
    if interest is None:
        raise ValidationError(_("It is taken back already."))
    policy.require(person, "purchase_interest.take_back", interest)
    is_member = GroupMember.objects.filter(
        group__in=presentation.groups.going_on(), organisation=interest.organisation, left_at=None
    )
    if is_member.exists():
        raise ValidationError(_("Your authority is in a purchasing group of this presentation: leave the group first."))
    record(interest, TAKE_BACK, person, organisation=interest.organisation)
    interest.delete()


def check_open(presentation: Presentation, now: dt.datetime) -> None:
    """Raises ValidationError before it opens and from its closing on."""
    match presentation.period_at(now):
        case PeriodState.UPCOMING:
            raise ValidationError(_("Authorities cannot say yet that they are interested: it has not opened."))
        case PeriodState.CLOSED:
            raise ValidationError(_("It is closed: nobody can say any more that they are interested."))


def _solutions(presentation: Presentation, said: Said) -> list[PresentedSolution]:
    found = list(presentation.solutions.filter(pk__in=said.solutions))
    if not found or len(found) != len(set(said.solutions)):
        raise ValidationError({"solutions": _("Choose one at least of the solutions that are presented.")})
    return found


def _check_day(day: dt.date | None) -> None:
    today = timezone.localdate()
    if day and not today <= day <= today + LATEST:
        raise ValidationError({"wished_on": _("This day is past, or more than ten years away: check the year.")})
