"""Which authorities use a solution: told by the part of the catalogue that keeps deployments."""

from collections.abc import Callable, Iterable

from metropole.organisations.models import Organisation

from ..models import SolutionPage

Finder = Callable[[SolutionPage], Iterable[int]]
"""The keys of the authorities of which a second agent has confirmed that they use, or have used, a solution."""

_finders: list[Finder] = []


def register_users(finder: Finder) -> None:
    """From ``AppConfig.ready()``."""
    _finders.append(finder)


def uses(organisation: Organisation, solution: SolutionPage) -> bool:
    return any(organisation.pk in find(solution) for find in _finders)
