"""Who may do what for an organisation. Its rights are held by members, and for nothing while it is not verified.

The editors of the Métropole manage every organisation, but enter none: drafts and responses are their owners'.
"""

from metropole.core.policy import Person, policy

from .enums import Right, Verification
from .evidence import verified_addresses
from .models import Invitation, Membership, Organisation

EDIT_ORGANISATIONS = "organisations.change_organisation"
"""What the groups of the admin hold whose people look after the organisations."""


def holds(person: Person, right: Right, organisation: Organisation) -> bool:
    """Whether a person is an active member with a right."""
    return Membership.objects.holding(right).filter(person=person, organisation=organisation).exists()


def is_member(person: Person, organisation: Organisation) -> bool:
    return Membership.objects.active().filter(person=person, organisation=organisation).exists()


def is_editor(person: Person) -> bool:
    """Whether a person looks after the organisations for the Métropole."""
    return person.has_perm(EDIT_ORGANISATIONS)


@policy.rule("organisation.read", public=True)
def may_read(person: Person, organisation: Organisation) -> bool:
    """Find it in the directory and read its page."""
    return organisation.is_verified


@policy.rule("organisation.register")
def may_register(person: Person, organisation: None) -> bool:
    """Add a company or an association, which waits for its verification."""
    return True


@policy.rule("organisation.ask")
def may_ask(person: Person, organisation: Organisation) -> bool:
    """Ask to join."""
    return organisation.verification != Verification.REFUSED


@policy.rule("organisation.enter")
def may_enter(person: Person, organisation: Organisation) -> bool:
    """See what is the organisation's own: its members, its drafts."""
    return is_member(person, organisation)


@policy.rule("organisation.manage")
def may_manage(person: Person, organisation: Organisation) -> bool:
    """See and change who its members are, and what it says of itself."""
    return holds(person, Right.OWNS, organisation) or is_editor(person)


@policy.rule("organisation.invite")
def may_invite(person: Person, organisation: Organisation) -> bool:
    """Have the site write to strangers in its name."""
    return organisation.is_verified and may_manage(person, organisation)


@policy.rule("organisation.verify")
def may_verify(person: Person, organisation: Organisation | None) -> bool:
    """Say that it is what it says to be; of any organisation if none is named. Nobody verifies their own."""
    return is_editor(person) and (organisation is None or not is_member(person, organisation))


@policy.rule("organisation.contribute")
def may_contribute(person: Person, organisation: Organisation) -> bool:
    return organisation.is_verified and holds(person, Right.CONTRIBUTES, organisation)


@policy.rule("organisation.engage")
def may_engage(person: Person, organisation: Organisation) -> bool:
    return organisation.is_verified and organisation.is_authority and holds(person, Right.ENGAGES, organisation)


@policy.rule("organisation.deposit")
def may_deposit(person: Person, organisation: Organisation) -> bool:
    return organisation.is_verified and not organisation.is_authority and holds(person, Right.DEPOSITS, organisation)


@policy.rule("membership.decide")
def may_decide(person: Person, membership: Membership) -> bool:
    """Accept or refuse a request; nobody answers their own."""
    return membership.person_id != person.pk and may_manage(person, membership.organisation)


@policy.rule("membership.remove")
def may_remove(person: Person, membership: Membership) -> bool:
    return membership.person_id != person.pk and may_manage(person, membership.organisation)


@policy.rule("membership.leave")
def may_leave(person: Person, membership: Membership) -> bool:
    return membership.person_id == person.pk


@policy.rule("invitation.answer")
def may_answer(person: Person, invitation: Invitation) -> bool:
    """Accept or decline: for whom the address is, and who has shown that it is theirs."""
    return invitation.email in verified_addresses(person)


@policy.rule("legal.accept")
def may_accept(person: Person, organisation: Organisation | None) -> bool:
    """Agree to a text, for oneself or, as its member, for an organisation."""
    return organisation is None or is_member(person, organisation)
