"""The authorities that use a solution, as far as they have said it themselves and a second agent has confirmed it."""

from metropole.organisations.models import Organisation

from ..models import Deployment, SolutionPage


def confirmed_users(page: SolutionPage) -> list[Organisation]:
    """Those that have not stopped."""
    found = Deployment.objects.public().confirmed().running().for_solution(page).select_related("organisation")
    return [deployment.organisation for deployment in found]
