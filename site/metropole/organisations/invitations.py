"""Inviting somebody by their address: whether it has an account here is neither asked nor said."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.notifications.services import notify

from .actions import ANSWER, INVITE
from .enums import MembershipState, Right
from .evidence import verified_addresses
from .invitation_mail import send_on_commit
from .members import check_grantable
from .models import Invitation, Membership, Organisation
from .models.invitation import hash_of
from .transitions import MEMBERSHIPS

MOST_PENDING = 50
RESENT_AFTER = dt.timedelta(minutes=10)
"""Nobody has the site flood an address, or many."""


@transaction.atomic
def invite(organisation: Organisation, email: str, rights: Collection[Right], person: AbstractUser) -> Invitation:
    """Invites an address, or again one that has not answered. Raises PermissionDenied, ValidationError."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    policy.require(person, "organisation.invite", organisation)
    check_grantable(organisation, rights)
    email = email.lower()
    if Membership.objects.active().filter(organisation=organisation, person__email__iexact=email).exists():
        raise ValidationError({"email": _("Somebody with this address is a member already.")})
    if organisation.invitations.pending().count() >= MOST_PENDING:
        raise ValidationError(_("Too many invitations wait for an answer: withdraw some of them first."))
    invitation = organisation.invitations.unanswered().filter(email=email).first()
    if invitation is None:
        invitation = Invitation(organisation=organisation, email=email)
    else:
        _refuse_too_soon(invitation)
    invitation.invited_by, invitation.rights = person, rights
    _send(invitation, person)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, person: AbstractUser) -> None:
    """Sends it again, with another token and a new term. Raises PermissionDenied, ValidationError."""
    invitation = _unanswered(invitation)
    policy.require(person, "organisation.invite", invitation.organisation)
    _refuse_too_soon(invitation)
    _send(invitation, person)


@transaction.atomic
def withdraw(invitation: Invitation, person: AbstractUser) -> None:
    invitation = _unanswered(invitation)
    policy.require(person, "organisation.manage", invitation.organisation)
    _close(invitation, "withdrawn", person)


@transaction.atomic
def accept(invitation: Invitation, person: AbstractUser) -> Membership:
    """Makes the person a member with the rights of the invitation, added to those that they have."""
    invitation = _to_answer(invitation, person)
    membership, _is_new = Membership.objects.current().get_or_create(
        person=person, organisation=invitation.organisation
    )
    granted = [right for right in invitation.rights if right in invitation.organisation.grantable_rights]
    before = membership.rights
    membership.rights = [*before, *granted]
    if membership.state == MembershipState.ASKED:
        MEMBERSHIPS.apply(membership, "join", person, changed=[right.value for right in Right])
    else:
        membership.save(update_fields=[right.value for right in Right])
    _close(invitation, "accepted", person)
    _tell_who_invited(invitation, "accepted")
    return membership


@transaction.atomic
def decline(invitation: Invitation, person: AbstractUser) -> None:
    invitation = _to_answer(invitation, person)
    _close(invitation, "declined", person)
    _tell_who_invited(invitation, "declined")


def with_token(token: str) -> Invitation | None:
    """The invitation that a link opens, if it may still be answered."""
    return Invitation.objects.pending().select_related("organisation").filter(token_hash=hash_of(token)).first()


def received(person: AbstractUser) -> list[Invitation]:
    """Those that wait for a person's answer."""
    pending = Invitation.objects.pending().to(verified_addresses(person))
    return list(pending.select_related("organisation", "invited_by"))


def pending_invitations(person: AbstractUser, organisation: Organisation) -> list[tuple[str, str]]:
    """For who leaves: the invitations that they sent, and who has not answered yet."""
    url = reverse("organisations:members", args=[organisation.slug])
    sent = organisation.invitations.pending().filter(invited_by=person)
    return [(_("Invitation without an answer: %(email)s") % {"email": one.email}, url) for one in sent]


def _send(invitation: Invitation, person: AbstractUser) -> None:
    invitation.renew()
    invitation.save()
    rights = [right.value for right in invitation.rights]
    record(invitation, INVITE, person, organisation=invitation.organisation, after={"rights": rights})
    send_on_commit(invitation)


def _refuse_too_soon(invitation: Invitation) -> None:
    if timezone.now() < invitation.renewed_at + RESENT_AFTER:
        raise ValidationError(_("An invitation has just been sent to this address: wait ten minutes."))


def _unanswered(invitation: Invitation) -> Invitation:
    """The invitation with its row held, so that it is answered once."""
    found = Invitation.objects.unanswered().select_for_update(of=("self",)).filter(pk=invitation.pk)
    held = found.select_related("organisation").first()
    if held is None:
        raise TransitionRefusedError(_("This invitation has been answered or withdrawn meanwhile."))
    return held


def _to_answer(invitation: Invitation, person: AbstractUser) -> Invitation:
    held = _unanswered(invitation)
    policy.require(person, "invitation.answer", held)
    if not held.is_pending:
        raise TransitionRefusedError(_("This invitation has expired: ask for another one."))
    return held


def _close(invitation: Invitation, answer: str, person: AbstractUser) -> None:
    setattr(invitation, f"{answer}_at", timezone.now())
    invitation.save(update_fields=[f"{answer}_at"])
    record(invitation, ANSWER, person, organisation=invitation.organisation, after={"state": answer})


def _tell_who_invited(invitation: Invitation, answer: str) -> None:
    notify(
        [invitation.invited_by] if invitation.invited_by else [],
        f"invitation.{answer}",
        f"invitation.{answer}:{invitation.pk}",
        ("organisations:members", invitation.organisation.slug),
        email=invitation.email,
        organisation=invitation.organisation.name,
    )
