"""The steps of a purchasing group's life, with what each asks besides its place in the table of ``transitions``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from metropole.core.lifecycle import TransitionRefusedError

from . import notices
from .checklist import current
from .enums import ChecklistItem, ItemState
from .groups import held
from .models import PurchasingGroup
from .transitions import GROUPS

FEWEST_MEMBERS = 2
ENDS = ("end", "give_up")
SEEN_TO = (ChecklistItem.CONVENTION, ChecklistItem.COORDINATOR)
"""What is done, on its day, before a group is constituted."""


@dataclass(frozen=True)
class Attempt:
    group: PurchasingGroup
    url: str = ""


def _has_enough_members(attempt: Attempt) -> None:
    if attempt.group.present.count() < FEWEST_MEMBERS:
        raise TransitionRefusedError(_("A group is constituted by two authorities at least."))


def _members_have_deliberated(attempt: Attempt) -> None:
    missing = [str(member) for member in attempt.group.present.filter(deliberated_on=None)]
    if missing:
        words = {"authorities": ", ".join(missing)}
        raise TransitionRefusedError(_("The day of their deliberation is missing for: %(authorities)s.") % words)


def _convention_is_signed(attempt: Attempt) -> None:
    entries = current(attempt.group)
    missing = [item for item in SEEN_TO if item not in entries or entries[item].state != ItemState.DONE]
    if missing:
        words = {"items": ", ".join(str(item.label) for item in missing)}
        raise TransitionRefusedError(_("This is not done yet on the checklist: %(items)s.") % words)


def _consultation_is_linked(attempt: Attempt) -> None:
    if not attempt.url:
        raise ValidationError({"url": _("Give the address of the consultation on the buyer profile.")})
    try:
        PurchasingGroup._meta.get_field("consultation_url").run_validators(attempt.url)
        URLValidator(schemes=["https", "http"])(attempt.url)
    except ValidationError as error:
        raise ValidationError({"url": error.messages}) from error


GUARDS: dict[str, tuple[Callable[[Attempt], None], ...]] = {
    "constitute": (_has_enough_members, _convention_is_signed, _members_have_deliberated),
    "consult": (_consultation_is_linked,),
}


@transaction.atomic
def take(
    group: PurchasingGroup, action: str, person: AbstractUser, *, reason: str = "", url: str = ""
) -> PurchasingGroup:
    """Takes a step. Raises TransitionRefusedError, PermissionDenied, ValidationError; then nothing is changed."""
    group = held(group)
    if group.archived_at:
        raise TransitionRefusedError(_("This group is archived: it stays as it was."))
    if any(step.action == action for step in GROUPS.possible(group, person)):
        for guard in GUARDS.get(action, ()):
            guard(Attempt(group, url))
    if action == "consult":
        group.consultation_url = url
    if action == "give_up":
        group.reason = reason.strip()
    if action in ENDS:
        group.candidate = None
    GROUPS.apply(group, action, person, reason=reason, changed=["consultation_url", "reason", "candidate"])
    notices.step_taken(group)
    return group


def refusals(group: PurchasingGroup, action: str) -> list[str]:
    """What a step lacks, in words, before it is asked for; what its form asks for is no lack."""
    found: list[str] = []
    for guard in GUARDS.get(action, ()):
        if guard is _consultation_is_linked:
            continue
        try:
            guard(Attempt(group))
        except ValidationError as error:
            found += error.messages
    return found
