"""What the members of a purchasing group write to each other. What is written is never in a log or an e-mail."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from . import notices
from .groups import held
from .models import Message, PurchasingGroup
from .models.message import LONGEST_MESSAGE
from .policy import own_members
from .transitions import REMOVE, REPORT, SETTLE


@transaction.atomic
def write(group: PurchasingGroup, organisation: Organisation, text: str, person: AbstractUser) -> Message:
    """Raises PermissionDenied, ValidationError."""
    group = held(group)
    policy.require(person, "purchase_group.enter", group)
    if not policy.may(person, "purchase_group.work", group):
        raise TransitionRefusedError(_("This group is over: it stays as it was."))
    if organisation.pk not in {member.organisation_id for member in own_members(person, group)}:
        raise ValidationError({"organisation": _("You write in the name of an authority whose member you are.")})
    text = text.strip()
    if not text or len(text) > LONGEST_MESSAGE:
        words = {"most": LONGEST_MESSAGE}
        raise ValidationError({"text": _("Write a message, of %(most)d characters at most.") % words})
    message = Message.objects.create(group=group, organisation=organisation, author=person, text=text)
    notices.written(message)
    return message


@transaction.atomic
def remove(message: Message, person: AbstractUser) -> None:
    """Its author takes it away: that something was written stays, its words go."""
    message = _held(message)
    policy.require(person, "purchase_message.remove", message)
    _empty(message)
    record(message.group, REMOVE, person, organisation=message.organisation)


@transaction.atomic
def report(message: Message, person: AbstractUser, reason: str) -> None:
    """Another member has a moderator read it, and no other message."""
    message = _held(message)
    policy.require(person, "purchase_message.report", message)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is wrong with it.")})
    message.reported_at, message.reported_by = timezone.now(), person
    message.report_reason = reason.strip()
    message.save(update_fields=["reported_at", "reported_by", "report_reason"])
    record(message.group, REPORT, person)
    notices.reported(message)


@transaction.atomic
def settle(message: Message, person: AbstractUser, *, removes: bool) -> None:
    """A moderator removes what is reported, or leaves it."""
    message = _held(message)
    if not message.is_reported:
        raise TransitionRefusedError(_("This is not possible any more: meanwhile somebody has changed it."))
    policy.require(person, "purchase_message.settle", message)
    message.settled_at = timezone.now()
    message.save(update_fields=["settled_at"])
    if removes and not message.is_removed:
        _empty(message)
    record(message.group, SETTLE, person, after={"removed": removes})
    notices.settled(message)


def _empty(message: Message) -> None:
    message.text, message.removed_at = "", timezone.now()
    message.save(update_fields=["text", "removed_at"])


def _held(message: Message) -> Message:
    rows = Message.objects.select_for_update(of=("self",))
    return rows.select_related("group__presentation", "organisation").get(pk=message.pk)
