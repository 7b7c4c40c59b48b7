"""How two people open the responses to a need: the first asks, the second confirms, each with their statement."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.board.lifecycle.attempts import Attempt
from metropole.board.lifecycle.registry import register_effect, register_guard
from metropole.board.lifecycle.services import locked, take
from metropole.board.models import Need
from metropole.board.policy import carries, carrying, contributing
from metropole.core.audit import record
from metropole.core.policy import policy
from metropole.organisations.enums import Right
from metropole.organisations.models import Membership, Organisation

from ..models import Opening
from . import notices
from .minutes import digest_of, minutes_of

ASKED, TAKEN_BACK = "board.need.ask_opening", "board.need.take_back_opening"


@transaction.atomic
def ask(need: Need, person: AbstractUser, statement: str) -> Opening:
    """Asks for the opening, saying that one has no interest in it. Raises PermissionDenied, ValidationError."""
    need = locked(need)
    policy.require(person, "opening.ask", need)
    if Opening.objects.filter(need=need).exists():
        raise ValidationError(_("The opening is asked for already: somebody else confirms it."))
    opening = Opening.objects.create(
        need=need,
        asked_by=person,
        asked_for=authority_of(person, need),
        asked_at=timezone.now(),
        statement=_stated(statement),
    )
    record(need, ASKED, person, organisation=opening.asked_for)
    notices.opening_asked(opening, seconds(opening))
    return opening


@transaction.atomic
def take_back(need: Need, person: AbstractUser) -> None:
    """Takes the request back: any agent of who carries the need may, as who asked may have left."""
    need = locked(need)
    policy.require(person, "opening.ask", need)
    opening = Opening.objects.filter(need=need, confirmed_at=None).first()
    if opening is None:
        raise ValidationError(_("Nobody has asked for the opening."))
    record(need, TAKEN_BACK, person, organisation=authority_of(person, need))
    opening.delete()


def confirm(need: Need, person: AbstractUser, statement: str) -> Need:
    """The second person opens them. Raises WrongStateError, PermissionDenied, ValidationError."""
    return take(need, "open_responses", person, organisation=authority_of(person, need), statement=statement)


def authority_of(person: AbstractUser, need: Need) -> Organisation | None:
    """For which authority somebody acts: the lead if they may, else one that carries it with the lead."""
    own = list(contributing(person).filter(carrying(need)).order_by("pk"))
    return next((one for one in own if one.pk == need.organisation_id), own[0] if own else None)


def seconds(opening: Opening) -> list[AbstractUser]:
    """Who may confirm: agents of another authority where one carries the need too, else colleagues; else nobody."""
    members = Membership.objects.holding(Right.CONTRIBUTES).filter(
        organisation__in=Organisation.objects.verified().filter(carrying(opening.need)), person__is_active=True
    )
    others = members.exclude(person=opening.asked_by).select_related("person")
    elsewhere = others.exclude(organisation=opening.asked_for)
    found = {one.person_id: one.person for one in (elsewhere if elsewhere.exists() else others)}
    return [found[pk] for pk in sorted(found)]


@register_guard(
    "opening_was_asked",
    gettext_lazy(
        "Somebody else of an authority that carries it has asked for it; the second person is of another authority "
        "where one carries the need too. Each states to have no interest in it."
    ),
)
def opening_was_asked(attempt: Attempt) -> None:
    opening = Opening.objects.select_related("need", "asked_by", "asked_for").filter(need=attempt.need).first()
    if opening is None or opening.asked_by is None or not carries(opening.asked_by, attempt.need):
        raise ValidationError(_("Nobody has asked for the opening: an agent asks for it, another person confirms it."))
    if attempt.person is None or opening.asked_by == attempt.person:
        raise ValidationError(_("You have asked for the opening yourself: somebody else confirms it."))
    able = seconds(opening)
    if able and attempt.person not in able:
        raise ValidationError(
            _("The second person is an agent of another authority that carries the need, or else a colleague.")
        )
    _stated(attempt.details.get("statement", ""))


@register_effect("open_responses")
def opened(attempt: Attempt) -> None:
    """Draws up the minutes."""
    need, opening = attempt.need, Opening.objects.get(need=attempt.need)
    opening.need = need
    opening.confirmed_by, opening.confirmed_at = attempt.person, attempt.now
    opening.confirmed_for = authority_of(attempt.person, need)
    opening.second_statement = attempt.details["statement"].strip()
    opening.minutes = minutes_of(need, opening)
    opening.digest = digest_of(opening.minutes)
    opening.save()


def _stated(statement: str) -> str:
    if not statement.strip():
        raise ValidationError({"statement": _("Say in a sentence that you have no interest in the responses.")})
    return statement.strip()
