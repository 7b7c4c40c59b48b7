"""What a purchasing group has to see to, and each member's own part in it."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.legal_amounts import LegalAmount, legal_amounts
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy

from .enums import ChecklistItem, ItemState
from .groups import held
from .models import ChecklistEntry, GroupMember, PurchasingGroup
from .models.group import HIGHEST_VALUE
from .policy import own_members
from .transitions import CHECK, SHARE

EARLIEST = dt.date(2020, 1, 1)
"""No group is older than the site: an earlier day is a slip of the keyboard."""


@dataclass(frozen=True)
class Line:
    """An item as it stands now: ``entry`` is None where nobody has said anything of it; ``before``: what was said."""

    item: ChecklistItem
    entry: ChecklistEntry | None
    before: list[ChecklistEntry]

    @property
    def state(self) -> ItemState:
        return ItemState(self.entry.state) if self.entry else ItemState.TO_DO


@dataclass(frozen=True)
class Held:
    """An amount of the law beside what the members may spend together."""

    amount: LegalAmount
    is_reached: bool


@dataclass(frozen=True)
class Total:
    """``value`` is None where no member has said its own; ``silent``: how many have not."""

    value: int | None
    silent: int
    held: list[Held]


def current(group: PurchasingGroup) -> dict[ChecklistItem, ChecklistEntry]:
    """The last entry of each item of which something was said."""
    return {ChecklistItem(entry.item): entry for entry in group.checklist.all()}


def lines(group: PurchasingGroup) -> list[Line]:
    entries = list(group.checklist.select_related("said_by", "organisation"))
    found = []
    for item in ChecklistItem:
        own = [entry for entry in entries if entry.item == item]
        found.append(Line(item, own[-1] if own else None, own[-2::-1]))
    return found


def total(members: list[GroupMember]) -> Total:
    """What the members may spend together, as far as they have said it, against the amounts in force today."""
    said = [member.estimated_value for member in members if member.estimated_value is not None]
    value = sum(said) if said else None
    held = [Held(amount, value is not None and value >= amount.amount) for amount in legal_amounts()]
    return Total(value, len(members) - len(said), held)


@transaction.atomic
def check(entry: ChecklistEntry, person: AbstractUser) -> ChecklistEntry:
    """Keeps what a member agent says of an item. Raises PermissionDenied, ValidationError."""
    entry.group = held(entry.group)
    _require_work(entry.group, person)
    members = own_members(person, entry.group)
    if entry.state == ItemState.DONE and not entry.done_on:
        raise ValidationError({"done_on": _("Say on which day it was done.")})
    if entry.state != ItemState.DONE:
        entry.done_on = None
    _check_past(entry.done_on, "done_on")
    entry.organisation, entry.said_by, entry.said_at = members[0].organisation, person, timezone.now()
    entry.save(force_insert=True)
    after = {"item": entry.item, "state": entry.state}
    record(entry.group, CHECK, person, organisation=entry.organisation, after=after)
    return entry


@transaction.atomic
def share(member: GroupMember, value: int | None, deliberated_on: dt.date | None, person: AbstractUser) -> None:
    """An agent says what their own authority may spend, and when it decided to take part."""
    group = held(member.group)
    _require_work(group, person)
    member = next((own for own in own_members(person, group) if own.pk == member.pk), None)
    if member is None:
        raise TransitionRefusedError(_("This authority is not in the group any more."))
    if value is not None and not 0 < value <= HIGHEST_VALUE:
        raise ValidationError({"estimated_value": _("Give an amount in euros, without decimals.")})
    _check_past(deliberated_on, "deliberated_on")
    if group.is_bound and deliberated_on is None:
        raise ValidationError({"deliberated_on": _("The group is constituted: this day stays said.")})
    member.estimated_value, member.deliberated_on = value, deliberated_on
    member.save(update_fields=["estimated_value", "deliberated_on"])
    # The amount is the members' own: the journal says that it was said, not what.
    after = {"deliberated_on": str(deliberated_on or "")}
    record(group, SHARE, person, organisation=member.organisation, after=after)


def _require_work(group: PurchasingGroup, person: AbstractUser) -> None:
    policy.require(person, "purchase_group.enter", group)
    if not policy.may(person, "purchase_group.work", group):
        raise TransitionRefusedError(_("This group is over: it stays as it was."))


def _check_past(day: dt.date | None, field: str) -> None:
    if day and not EARLIEST <= day <= timezone.localdate():
        raise ValidationError({field: _("This day is before 2020 or in the future: check the year.")})
