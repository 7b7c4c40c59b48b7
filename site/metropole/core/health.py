"""States of the components that the site needs; apps register their own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, connection


@dataclass(frozen=True)
class ComponentState:
    ready: bool
    detail: str


_checks: dict[str, Callable[[], ComponentState]] = {}


def register_component(name: str, check: Callable[[], ComponentState]) -> None:
    """Adds a component to ``/readyz``. Called from ``AppConfig.ready()``."""
    _checks[name] = check


def component_states() -> dict[str, ComponentState]:
    return {name: check() for name, check in _checks.items()}


def database_state() -> ComponentState:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return ComponentState(False, "unreachable")
    return ComponentState(True, connection.vendor)
