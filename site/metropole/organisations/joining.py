"""Coming into an organisation: at once for who shows that they work there, after an answer for the others."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from metropole.core.audit import record
from metropole.core.policy import policy
from metropole.notifications.services import notify

from .actions import ASK
from .enums import MembershipState, Right
from .evidence import shows_agent_of
from .models import Membership, Organisation
from .people import managers
from .transitions import MEMBERSHIPS


@transaction.atomic
def ask(person: AbstractUser, organisation: Organisation) -> Membership:
    """Has a person ask to join; asking twice changes nothing. Raises PermissionDenied.

    Who was refused or removed before waits for an answer, whatever their address: it has not kept them out.
    """
    policy.require(person, "organisation.ask", organisation)
    is_known = shows_agent_of(person, organisation) and not _was_turned_away(person, organisation)
    membership, is_new = Membership.objects.current().get_or_create(person=person, organisation=organisation)
    if is_new:
        record(membership, ASK, person, organisation=organisation, after={"state": membership.state})
    if is_known and membership.state == MembershipState.ASKED:
        membership.contributes = True
        MEMBERSHIPS.apply(membership, "join", person, changed=[Right.CONTRIBUTES])
    elif is_new:
        _tell_managers(membership)
    return membership


def _was_turned_away(person: AbstractUser, organisation: Organisation) -> bool:
    turned_away = (MembershipState.REFUSED, MembershipState.REMOVED)
    return Membership.objects.filter(person=person, organisation=organisation, state__in=turned_away).exists()


def _tell_managers(membership: Membership) -> None:
    organisation = membership.organisation
    notify(
        managers(organisation),
        "membership.asked",
        f"membership.ask:{membership.pk}",
        ("organisations:member", organisation.slug, membership.pk),
        person=str(membership.person),
        organisation=organisation.name,
    )


@transaction.atomic
def accept(membership: Membership, person: AbstractUser) -> None:
    """Makes who asked a member who contributes; other rights are given afterwards."""
    membership.contributes = True
    MEMBERSHIPS.apply(membership, "accept", person, changed=[Right.CONTRIBUTES])
    tell_member(membership, "accepted")


@transaction.atomic
def refuse(membership: Membership, person: AbstractUser, reason: str) -> None:
    membership.reason = reason
    MEMBERSHIPS.apply(membership, "refuse", person, reason=reason, changed=["reason"])
    tell_member(membership, "refused", reason=reason)


def withdraw(membership: Membership, person: AbstractUser) -> None:
    """Takes back one's own request."""
    MEMBERSHIPS.apply(membership, "withdraw", person)


def tell_member(membership: Membership, what: str, event: str = "", **words: str) -> None:
    """Tells a person what became of their membership."""
    notify(
        [membership.person],
        f"membership.{what}",
        event or f"membership.{what}:{membership.pk}",
        ("organisations:mine",),
        organisation=membership.organisation.name,
        **words,
    )
