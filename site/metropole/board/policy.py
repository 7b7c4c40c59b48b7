"""Who may do what with a need. The steps of its life take their rules from the lifecycle's table."""

from django.db.models import Q

from metropole.core.policy import Person, policy
from metropole.moderation.policy import is_moderator
from metropole.organisations.enums import Right
from metropole.organisations.models import Organisation
from metropole.organisations.querysets import OrganisationQuerySet

from .enums import WRITABLE, CoCarrierState
from .lifecycle.table import STEPS, Who
from .models import Need


def carrying(need: Need) -> Q:
    """Of organisations: those that carry a need."""
    accepted = Q(carried_needs__need=need, carried_needs__state=CoCarrierState.ACCEPTED)
    return Q(pk=need.organisation_id) | accepted


def leads(person: Person, need: Need) -> bool:
    """Whether a person writes for its lead authority: the need is the authority's, and outlives who began it."""
    return policy.may(person, "organisation.contribute", need.organisation)


def carries(person: Person, need: Need) -> bool:
    """Whether a person contributes for an authority that carries it."""
    return contributing(person).filter(carrying(need)).exists()


def contributing(person: Person) -> OrganisationQuerySet:
    return Organisation.objects.verified().of(person, Right.CONTRIBUTES)


def has_a_part(person: Person, need: Need) -> bool:
    """Whether a person began it, or is a member of an authority that carries it."""
    return need.author_id == person.pk or Organisation.objects.of(person).filter(carrying(need)).exists()


def moderates(person: Person, need: Need) -> bool:
    return is_moderator(person) and not has_a_part(person, need)


def is_second(person: Person, need: Need) -> bool:
    """An agent of an authority that carries it; a moderator where these have one agent alone.

    That it is not the one who asked for the opening, a guard of the step says.
    """
    return carries(person, need) or moderates(person, need)


def joins(person: Person, need: Need) -> bool:
    """Whether a person engages an authority that joins or leaves it, or lets one join as its lead.

    Which of them may do which, the transitions of the co-carriers say (see ``sharing.transitions``).
    """
    concerned = Organisation.objects.verified().filter(carried_needs__need=need)
    return leads(person, need) or concerned.of(person, Right.ENGAGES).exists()


@policy.rule("need.read", public=True)
def may_read(person: Person, need: Need) -> bool:
    """Its page: for everybody once it is published; before, for who writes, carries or moderates it."""
    return need.is_public or (person.is_authenticated and may_prepare(person, need))


@policy.rule("need.prepare")
def may_prepare(person: Person, need: Need) -> bool:
    """See it before it is published."""
    return carries(person, need) or is_moderator(person)


@policy.rule("need.write")
def may_write(person: Person, need: Need) -> bool:
    """Change what is typed: while it is a draft, or corrections were asked for."""
    return leads(person, need) and need.state in WRITABLE


RULES = {
    Who.AGENT: leads,
    Who.LEAD: leads,
    Who.MODERATOR: moderates,
    Who.CARRIER: joins,
    Who.SECOND_AGENT: is_second,
    Who.CLOCK: lambda person, need: False,
}

for step in STEPS:
    policy.rule(step.may)(RULES[step.who])
