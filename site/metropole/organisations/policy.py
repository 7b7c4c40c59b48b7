"""Who may do what for an organisation. Its rights are held by members, and for nothing while it is not verified."""

from metropole.core.policy import Person, policy

from .enums import Right
from .models import Membership, Organisation


def holds(person: Person, right: Right, organisation: Organisation) -> bool:
    """Whether a person is an active member with a right."""
    return Membership.objects.holding(right).filter(person=person, organisation=organisation).exists()


def is_member(person: Person, organisation: Organisation) -> bool:
    return Membership.objects.active().filter(person=person, organisation=organisation).exists()


@policy.rule("organisation.enter")
def may_enter(person: Person, organisation: Organisation) -> bool:
    """See what is the organisation's own: its members, its drafts."""
    return is_member(person, organisation)


@policy.rule("organisation.manage")
def may_manage(person: Person, organisation: Organisation) -> bool:
    return holds(person, Right.OWNS, organisation)


@policy.rule("organisation.contribute")
def may_contribute(person: Person, organisation: Organisation) -> bool:
    return organisation.is_verified and holds(person, Right.CONTRIBUTES, organisation)


@policy.rule("organisation.engage")
def may_engage(person: Person, organisation: Organisation) -> bool:
    return organisation.is_verified and organisation.is_authority and holds(person, Right.ENGAGES, organisation)


@policy.rule("organisation.deposit")
def may_deposit(person: Person, organisation: Organisation) -> bool:
    return organisation.is_verified and not organisation.is_authority and holds(person, Right.DEPOSITS, organisation)
