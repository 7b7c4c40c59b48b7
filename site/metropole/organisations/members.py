"""The members of an organisation: what they may do, and how they leave. It always keeps an owner once it has one."""

from collections.abc import Collection

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy

from .actions import RIGHTS
from .enums import MembershipState, Right
from .joining import tell_member
from .models import Membership, Organisation
from .transitions import MEMBERSHIPS


class LastOwnerError(ValidationError):
    """Without this person, nobody would manage the organisation."""

    def __init__(self) -> None:
        super().__init__(_("The organisation would have no owner left: name another one first."))


@transaction.atomic
def change_rights(membership: Membership, rights: Collection[Right], person: AbstractUser) -> None:
    """Gives a member these rights and no others. Raises PermissionDenied, LastOwnerError, ValidationError."""
    organisation = _locked(membership.organisation)
    policy.require(person, "organisation.manage", organisation)
    membership.refresh_from_db()
    if membership.state != MembershipState.ACTIVE:
        raise TransitionRefusedError(_("This is not possible any more: meanwhile somebody has changed it."))
    check_grantable(organisation, rights)
    if Right.OWNS not in rights:
        _keep_an_owner(membership)
    before = membership.rights
    membership.rights = rights
    if membership.rights == before:
        return
    membership.save(update_fields=[right.value for right in Right])
    after = _named(membership.rights)
    record(membership, RIGHTS, person, organisation=organisation, before=_named(before), after=after)
    tell_member(membership, "rights", event=f"membership.rights:{membership.pk}:{timezone.now().isoformat()}")


def check_grantable(organisation: Organisation, rights: Collection[Right]) -> None:
    """Raises ValidationError if members of such an organisation may not have these rights."""
    if not set(rights) <= set(organisation.grantable_rights):
        raise ValidationError(_("The members of this organisation cannot be given this right."))


@transaction.atomic
def remove(membership: Membership, person: AbstractUser, reason: str) -> None:
    """Ends a membership that is not one's own. Raises PermissionDenied, LastOwnerError, TransitionRefusedError."""
    _locked(membership.organisation)
    membership.refresh_from_db()
    _keep_an_owner(membership)
    membership.reason = reason
    MEMBERSHIPS.apply(membership, "remove", person, reason=reason, changed=["reason"])
    tell_member(membership, "removed", reason=reason)


@transaction.atomic
def leave(membership: Membership, person: AbstractUser) -> None:
    """Ends one's own membership; what one made stays with the organisation. Raises LastOwnerError."""
    _locked(membership.organisation)
    membership.refresh_from_db()
    _keep_an_owner(membership)
    MEMBERSHIPS.apply(membership, "leave", person)


def is_last_owner(membership: Membership) -> bool:
    """Whether nobody else of those who may sign in manages the organisation."""
    if not (membership.owns and membership.state == MembershipState.ACTIVE):
        return False
    others = Membership.objects.holding(Right.OWNS).filter(
        organisation=membership.organisation_id, person__is_active=True
    )
    return not others.exclude(pk=membership.pk).exists()


def _keep_an_owner(membership: Membership) -> None:
    if is_last_owner(membership):
        raise LastOwnerError


def _locked(organisation: Organisation) -> Organisation:
    """The organisation's row, held: two owners who leave at once do so one after the other."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _named(rights: Collection[Right]) -> dict[str, list[str]]:
    return {"rights": [right.value for right in rights]}
