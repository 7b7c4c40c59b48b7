"""Who reads and draws up shortlists: those who contribute for the authority that they belong to, and nobody else."""

from metropole.core.policy import Person, policy
from metropole.organisations.models import Organisation

from .models import Shortlist


@policy.rule("shortlist.draw_up")
def may_draw_up(person: Person, organisation: Organisation) -> bool:
    """For an authority: it is the one that buys."""
    return organisation.is_authority and policy.may(person, "organisation.contribute", organisation)


@policy.rule("shortlist.read")
def may_read(person: Person, shortlist: Shortlist) -> bool:
    return policy.may(person, "shortlist.draw_up", shortlist.organisation)


@policy.rule("shortlist.edit")
def may_edit(person: Person, shortlist: Shortlist) -> bool:
    return not shortlist.is_locked and may_read(person, shortlist)
