"""The authorities that use a solution, as far as they have said it themselves and a second agent has confirmed it."""

from metropole.organisations.models import Organisation

from ..models import SolutionPage


def confirmed_users(page: SolutionPage) -> list[Organisation]:
    return []
