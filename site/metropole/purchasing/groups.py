"""What authorities do to their purchasing groups. Each service locks the group's row, then asks the policy."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.enums import SolutionKind
from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from . import notices
from .interests import RefusedError, locked
from .models import GroupMember, Interest, Presentation, PurchasingGroup
from .policy import refusal, refusal_of_person
from .transitions import ACCEPT, ARCHIVE_GROUP, ARCHIVE_PRESENTATION, DECLINE, DESIGNATE, FORM, JOIN, LEAVE


def categories(presentation: Presentation) -> list[SolutionKind]:
    """Those of its solutions, by their sheets."""
    kinds = {sheet.kind for sheet in presentation.sheets.values()}
    return [kind for kind in SolutionKind if kind.value in kinds]


def categories_of_interest(interest: Interest) -> set[str]:
    """Those of the solutions in which an authority is interested."""
    sheets = interest.presentation.sheets
    return {sheets[pk].kind for pk in interest.solutions.values_list("pk", flat=True) if pk in sheets}


@transaction.atomic
def form(
    presentation: Presentation, category: str, organisation: Organisation, person: AbstractUser
) -> PurchasingGroup:
    """An interested authority forms a group, and is its first member. One at a time for a category.

    Raises RefusedError, PermissionDenied, ValidationError.
    """
    presentation = locked(presentation)
    _require_interested(presentation, category, organisation, person)
    if presentation.archived_at:
        raise TransitionRefusedError(_("This presentation is archived: no group is formed any more."))
    if presentation.groups.going_on().filter(category=category).exists():
        raise TransitionRefusedError(_("There is a group for this category already: join it."))
    group = PurchasingGroup.objects.create(presentation=presentation, category=category, formed_by=person)
    _add(group, organisation, person, FORM)
    notices.formed(group, organisation)
    return group


@transaction.atomic
def join(group: PurchasingGroup, organisation: Organisation, person: AbstractUser) -> GroupMember:
    """Another interested authority joins a group that is forming. Joining twice changes nothing.

    The presentation is held first: nobody takes back meanwhile that the authority is interested.
    """
    locked(group.presentation)
    group = held(group)
    _require_interested(group.presentation, group.category, organisation, person)
    if known := group.present.filter(organisation=organisation).first():
        return known
    if not (group.is_forming and group.is_going_on):
        raise TransitionRefusedError(_("This group is not forming any more: its members have settled who they are."))
    member = _add(group, organisation, person, JOIN)
    notices.joined(member)
    return member


@transaction.atomic
def leave(member: GroupMember, person: AbstractUser, reason: str) -> None:
    """An authority leaves, with its reason. Raises PermissionDenied, TransitionRefusedError."""
    group = held(member.group)
    member = group.members.select_related("organisation").get(pk=member.pk)
    member.group = group
    policy.require(person, "purchase_group.leave", member)
    if not reason.strip():
        raise TransitionRefusedError({"reason": _("Say why: the other members read it.")})
    _check_may_go(group, member)
    member.left_at, member.reason = timezone.now(), reason.strip()
    member.save(update_fields=["left_at", "reason"])
    for name in ("coordinator", "candidate"):
        if getattr(group, f"{name}_id") == member.pk:
            setattr(group, name, None)
    group.save(update_fields=["coordinator", "candidate"])
    record(group, LEAVE, person, organisation=member.organisation, reason=member.reason)
    notices.left(member)


def _check_may_go(group: PurchasingGroup, member: GroupMember) -> None:
    if not group.is_going_on:
        raise TransitionRefusedError(_("This group is over: it stays as it was."))
    if not group.present.exclude(pk=member.pk).exists():
        raise TransitionRefusedError(_("Your authority is its last member: give the group up instead."))
    if group.is_bound and group.coordinator_id == member.pk:
        raise TransitionRefusedError(
            _("Your authority coordinates a group that is constituted: another member has to take that over first.")
        )


@transaction.atomic
def designate(member: GroupMember, person: AbstractUser) -> None:
    """A member designates another as coordinator, which becomes it once its own agent has accepted."""
    group = held(member.group)
    member = group.present.filter(pk=member.pk).first()
    if member is None:
        raise TransitionRefusedError(_("This authority is not in the group any more."))
    member.group = group
    policy.require(person, "purchase_group.designate", member)
    if not group.is_going_on:
        raise TransitionRefusedError(_("This group is over: it stays as it was."))
    if member.pk == group.coordinator_id:
        raise TransitionRefusedError(_("This authority coordinates the group already."))
    if member.pk == group.candidate_id:
        return
    group.candidate = member
    group.save(update_fields=["candidate"])
    record(group, DESIGNATE, person, after={"coordinator": str(member.organisation)})
    notices.designated(member)


@transaction.atomic
def answer(group: PurchasingGroup, person: AbstractUser, *, accepts: bool) -> None:
    """An agent who engages the designated authority accepts or declines for it."""
    group = held(group)
    candidate = group.candidate
    if candidate is None or not group.is_going_on:
        raise TransitionRefusedError(_("Nobody is designated: meanwhile somebody has changed it."))
    policy.require(person, "purchase_group.answer", group)
    group.candidate = None
    if accepts:
        group.coordinator = candidate
    group.save(update_fields=["candidate", "coordinator"])
    record(group, ACCEPT if accepts else DECLINE, person, organisation=candidate.organisation)
    notices.answered(candidate, accepts=accepts)


@transaction.atomic
def archive(group: PurchasingGroup, person: AbstractUser, reason: str) -> None:
    """A moderator takes it out of the lists; its address stays."""
    group = held(group)
    policy.require(person, "purchase_group.archive", group)
    _check_archiving(group.archived_at, reason)
    group.archived_at = timezone.now()
    group.save(update_fields=["archived_at"])
    record(group, ARCHIVE_GROUP, person, reason=reason)
    notices.archived(group, reason)


@transaction.atomic
def archive_presentation(presentation: Presentation, person: AbstractUser, reason: str) -> None:
    presentation = locked(presentation)
    policy.require(person, "presentation.archive", presentation)
    _check_archiving(presentation.archived_at, reason)
    presentation.archived_at = timezone.now()
    presentation.save(update_fields=["archived_at"])
    record(presentation, ARCHIVE_PRESENTATION, person, reason=reason)


def held(group: PurchasingGroup) -> PurchasingGroup:
    """As it stands now, its row held until the end of the transaction."""
    PurchasingGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    related = PurchasingGroup.objects.select_related(
        "presentation", "coordinator__organisation", "coordinator__group", "candidate__organisation"
    )
    return related.get(pk=group.pk)


def _check_archiving(archived_at: object, reason: str) -> None:
    if archived_at:
        raise TransitionRefusedError(_("It is archived already."))
    if not reason.strip():
        raise TransitionRefusedError({"reason": _("Say why: the persons concerned are told.")})


def _require_interested(
    presentation: Presentation, category: str, organisation: Organisation, person: AbstractUser
) -> None:
    if why := refusal(presentation, organisation) or refusal_of_person(presentation, person):
        raise RefusedError(why)
    policy.require(person, "purchase_group.form", (presentation, organisation))
    interest = Interest.objects.filter(presentation=presentation, organisation=organisation).first()
    if interest is None or category not in categories_of_interest(interest):
        raise ValidationError(_("Your authority has not said that it is interested in solutions of this category."))


def _add(group: PurchasingGroup, organisation: Organisation, person: AbstractUser, action: str) -> GroupMember:
    member = GroupMember.objects.create(group=group, organisation=organisation, joined_by=person)
    record(group, action, person, organisation=organisation)
    return member
