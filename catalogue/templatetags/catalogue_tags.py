from django import template
from django.contrib.auth.models import AbstractUser

from ..corroboration.policy import speaking_authorities
from ..models import SolutionPage
from ..shortlists.copying import day_of
from ..takeover.policy import carriers_of, refusal

register = template.Library()
register.filter(day_of)


@register.filter
def may_take_over(person: AbstractUser | None, solution: SolutionPage) -> bool:
    """Whether a person is offered to say that a solution is their organisation's own."""
    if person is None or solution.pk is None or not solution.is_editorial:
        return False
    return any(not refusal(solution, carrier) for carrier in carriers_of(person))


@register.filter
def may_speak_of(person: AbstractUser | None, solution: SolutionPage) -> bool:
    """Whether a person is offered to confirm what a sheet says, for an authority that uses the solution."""
    if person is None or solution.pk is None:
        return False
    return bool(speaking_authorities(person, solution))
