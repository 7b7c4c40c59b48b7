"""States of the components that the site needs; apps register their own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import DatabaseError, connection

OK, DEGRADED, UNAVAILABLE = "ok", "degraded", "unavailable"


@dataclass(frozen=True)
class ComponentState:
    """How a component does: the site cannot serve unless it is ready, and serves less well while it is degraded."""

    ready: bool
    detail: str
    degraded: bool = False

    def __str__(self) -> str:
        return f"{DEGRADED}: {self.detail}" if self.degraded else self.detail


_checks: dict[str, Callable[[], ComponentState]] = {}


def register_component(name: str, check: Callable[[], ComponentState]) -> None:
    """Adds a component to ``/readyz``. Called from ``AppConfig.ready()``."""
    _checks[name] = check


def component_states() -> dict[str, ComponentState]:
    return {name: check() for name, check in _checks.items()}


def overall_status(states: Iterable[ComponentState]) -> str:
    """The worst of the states; the site serves unless it is ``UNAVAILABLE``."""
    states = list(states)
    if not all(state.ready for state in states):
        return UNAVAILABLE
    return DEGRADED if any(state.degraded for state in states) else OK


def database_state() -> ComponentState:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return ComponentState(False, "unreachable")
    return ComponentState(True, connection.vendor)
