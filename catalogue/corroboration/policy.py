"""Who confirms what a sheet says: an authority that uses the solution, and never who makes or sells it."""

from metropole.core.policy import Person, policy
from metropole.organisations.enums import AUTHORITY_KINDS, Right
from metropole.organisations.models import Organisation

from ..models import Claim, Deployment, SolutionPage
from ..sheet.groups import CONFIRMABLE


@policy.rule("claim.corroborate")
def may_corroborate(person: Person, target: tuple[Claim, Organisation]) -> bool:
    """Confirm a claim in the name of an authority."""
    claim, organisation = target
    return claim.field in CONFIRMABLE and may_speak_of(person, (claim.solution, organisation))


@policy.rule("solution.speak_of")
def may_speak_of(person: Person, target: tuple[SolutionPage, Organisation]) -> bool:
    """Say from its use what a solution is like."""
    solution, organisation = target
    if not (solution.live and organisation.is_authority and _uses(organisation, solution)):
        return False
    carriers = {solution.publisher_id, *(carrier.pk for carrier in solution.organisations.all())} - {None}
    if organisation.pk in carriers or Organisation.objects.of(person).filter(pk__in=carriers).exists():
        return False
    return policy.may(person, "organisation.contribute", organisation)


def speaking_authorities(person: Person, solution: SolutionPage) -> list[Organisation]:
    """Those in whose name a person may confirm what a sheet says."""
    own = Organisation.objects.verified().of(person, Right.CONTRIBUTES).filter(kind__in=AUTHORITY_KINDS)
    return [authority for authority in own if policy.may(person, "solution.speak_of", (solution, authority))]


def _uses(organisation: Organisation, solution: SolutionPage) -> bool:
    """Whether a second agent has confirmed that an authority uses, or has used, a solution."""
    return Deployment.objects.confirmed().for_solution(solution).filter(organisation=organisation).exists()
