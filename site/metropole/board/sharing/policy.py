"""Who may bring authorities together on a need. The authority decides for itself, by who engages it."""

from metropole.core.policy import Person, policy
from metropole.moderation.policy import is_moderator
from metropole.organisations.models import Organisation

from ..enums import CoCarrierState
from ..models import CoCarrier, Interest, Need
from ..policy import carries, leads


def engages(person: Person, organisation: Organisation) -> bool:
    return policy.may(person, "organisation.engage", organisation)


def contributes(person: Person, organisation: Organisation) -> bool:
    return policy.may(person, "organisation.contribute", organisation)


@policy.rule("co_carrier.invite")
def may_invite(person: Person, co_carrier: CoCarrier) -> bool:
    """Invite an authority to carry the need; of one that need not be stored yet."""
    return leads(person, co_carrier.need)


@policy.rule("co_carrier.ask")
def may_ask(person: Person, co_carrier: CoCarrier) -> bool:
    """Ask for one's authority to carry the need: to ask engages it, as the lead may accept at once."""
    return engages(person, co_carrier.organisation)


@policy.rule("co_carrier.answer")
def may_answer(person: Person, co_carrier: CoCarrier) -> bool:
    """Accept or decline an invitation for one's authority."""
    return engages(person, co_carrier.organisation)


@policy.rule("co_carrier.admit")
def may_admit(person: Person, co_carrier: CoCarrier) -> bool:
    """Accept or refuse a request, for the lead authority."""
    return leads(person, co_carrier.need)


@policy.rule("co_carrier.leave")
def may_leave(person: Person, co_carrier: CoCarrier) -> bool:
    return engages(person, co_carrier.organisation)


@policy.rule("co_carrier.take_back")
def may_take_back(person: Person, co_carrier: CoCarrier) -> bool:
    """Take back what waits for an answer: the lead its invitation, the authority its request."""
    if co_carrier.state == CoCarrierState.INVITED:
        return leads(person, co_carrier.need)
    return co_carrier.state == CoCarrierState.ASKED and engages(person, co_carrier.organisation)


@policy.rule("co_carrier.say_value")
def may_say_value(person: Person, co_carrier: CoCarrier) -> bool:
    """Say what one's authority would spend."""
    return co_carrier.state == CoCarrierState.ACCEPTED and engages(person, co_carrier.organisation)


@policy.rule("co_carrier.write_note")
def may_write_note(person: Person, co_carrier: CoCarrier) -> bool:
    """Write to the lead, before the outcome, what speaks against it."""
    return co_carrier.state == CoCarrierState.ACCEPTED and contributes(person, co_carrier.organisation)


@policy.rule("co_carrier.see")
def may_see(person: Person, co_carrier: CoCarrier) -> bool:
    """See where its own authority stands with a need, and read the need to decide."""
    organisation = co_carrier.organisation
    return contributes(person, organisation) or engages(person, organisation)


@policy.rule("interest.say")
def may_say(person: Person, interest: Interest) -> bool:
    """Say, or not any more, that one's authority has the need too; of what need not be stored yet."""
    return interest.organisation.is_authority and contributes(person, interest.organisation)


@policy.rule("need.see_value", public=True)
def may_see_value(person: Person, need: Need) -> bool:
    """Read what its authorities would spend together: everybody where the lead says so, else who carries it."""
    if need.value_is_public:
        return True
    return person.is_authenticated and person.is_active and (carries(person, need) or is_moderator(person))


@policy.rule("need.see_notes")
def may_see_notes(person: Person, need: Need) -> bool:
    """Read the notes against an outcome: who carries it, as they may tell of responses."""
    return carries(person, need)


@policy.rule("need.prepare_purchase")
def may_prepare_purchase(person: Person, need: Need) -> bool:
    """Name the coordinator of a joint purchase and the day of its agreement."""
    return leads(person, need)
