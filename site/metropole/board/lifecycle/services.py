"""The one way for a need from one state to another: forms, API, admin, commands and the demonstration all use it."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from ..models import Need, NeedEvent
from ..states import state_of
from .attempts import Attempt
from .registry import effects_of, guards_of, listeners
from .table import STEP_BY_NAME, STEPS, Step


class WrongStateError(TransitionRefusedError):
    """The need is not, or not any more, in a state from which the step is possible: the clock may have gone on."""


@transaction.atomic
def take(
    need: Need,
    name: str,
    person: AbstractUser | None,
    *,
    organisation: Organisation | None = None,
    reason: str = "",
    **details: Any,
) -> Need:
    """Takes a step with a need; gives the need as it then is.

    The row is locked first, and the clock read afterwards: of two at once the second is refused, and so is who comes
    after the closing. ``organisation``: the authority for which the person acts, the lead unless it is said.
    Raises WrongStateError, PermissionDenied, ValidationError; then nothing is changed.
    """
    step = STEP_BY_NAME[name]
    need = locked(need)
    now = timezone.now()
    attempt = Attempt(need, step, now, state_of(need, now), person, organisation or need.organisation, reason, details)
    _check(attempt)
    for effect in effects_of(name):
        effect(attempt)
    need.save()
    note(attempt)
    for listener in listeners():
        listener(attempt)
    return need


def locked(need: Need) -> Need:
    """The need as the database has it, kept from others until the end of the transaction. Raises Need.DoesNotExist."""
    return Need.objects.select_for_update(of=("self",)).get(pk=need.pk)


def refusals(need: Need, name: str, person: AbstractUser | None, **details: Any) -> list[str]:
    """Why a step could not be taken now, in words; empty where it could. Its permission is asked elsewhere."""
    step, now = STEP_BY_NAME[name], timezone.now()
    attempt = Attempt(need, step, now, state_of(need, now), person, need.organisation, "", details)
    found: list[str] = []
    for check in (_check_state, *(guard.check for guard in guards_of(name))):
        try:
            check(attempt)
        except WrongStateError as error:
            return error.messages
        except ValidationError as error:
            found += error.messages
    return found


def possible(need: Need, person: AbstractUser) -> list[Step]:
    """The steps that a person may take with a need in its present state."""
    state = state_of(need)
    return [step for step in STEPS if state in step.sources and policy.may(person, step.may, need)]


def note(attempt: Attempt) -> NeedEvent:
    """Writes a step in the need's own history, and in the journal."""
    need, after = attempt.need, state_of(attempt.need, attempt.now)
    event = NeedEvent.objects.create(
        need=need,
        action=attempt.step.name,
        at=attempt.now,
        person=attempt.person,
        organisation=attempt.organisation,
        reason=attempt.reason,
        before=attempt.state if attempt.step.sources else "",
        after=after,
        details=attempt.details.get("noted", {}),
    )
    record(
        need,
        f"board.need.{attempt.step.name}",
        attempt.person,
        organisation=attempt.organisation,
        before={"need_state": attempt.state} if attempt.step.sources else None,
        after={"need_state": after},
        reason=attempt.reason,
    )
    return event


def _check(attempt: Attempt) -> None:
    _check_state(attempt)
    step = attempt.step
    if attempt.person is not None:
        policy.require(attempt.person, step.may, attempt.need)
    if step.needs_reason and not attempt.reason.strip():
        raise TransitionRefusedError({"reason": _("Say why: the persons concerned are told.")})
    for guard in guards_of(step.name):
        guard.check(attempt)


def _check_state(attempt: Attempt) -> None:
    if attempt.state not in attempt.step.sources:
        words = {"state": capfirst(str(attempt.state.label)), "step": attempt.step.label}
        raise WrongStateError(_("This is not possible now (%(step)s): the need is in the state “%(state)s”.") % words)
