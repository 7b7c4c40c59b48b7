"""What the steps of a need ask and do, by name: each part of the board, and the apps above it, add their own.

From ``AppConfig.ready()``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from .attempts import Attempt
from .table import STEP_BY_NAME

Check = Callable[[Attempt], None]
"""Raises ValidationError, at a field where one is to be mended."""


@dataclass(frozen=True)
class Guard:
    """``explanation``: the rule in a sentence, for the public page of the rules."""

    check: Check
    explanation: str | Promise


_guards: dict[str, Guard] = {}
_added_guards: dict[str, list[str]] = {}
_effects: dict[str, list[Callable[[Attempt], None]]] = {}
_listeners: list[Callable[[Attempt], None]] = []


def register_guard(name: str, explanation: str | Promise, *steps: str) -> Callable[[Check], Check]:
    """Makes a function the guard of that name; also of steps whose table does not name it, as apps above need."""

    def add(check: Check) -> Check:
        if name in _guards:
            raise ValueError(f"There are two guards named {name}.")
        _guards[name] = Guard(check, explanation)
        for step in steps:
            _added_guards.setdefault(STEP_BY_NAME[step].name, []).append(name)
        return check

    return add


def register_effect(*steps: str) -> Callable[[Check], Check]:
    """Has a function change the need, or what belongs to it, when a step is taken; the need is saved afterwards."""

    def add(effect: Check) -> Check:
        for step in steps:
            _effects.setdefault(STEP_BY_NAME[step].name, []).append(effect)
        return effect

    return add


def register_listener(listener: Callable[[Attempt], None]) -> None:
    """Has a function called once a step is taken and noted, in the same transaction: to tell people of it."""
    _listeners.append(listener)


def guard_names(step: str) -> list[str]:
    return [*STEP_BY_NAME[step].guards, *_added_guards.get(step, [])]


def guards_of(step: str) -> list[Guard]:
    """Raises KeyError for a guard that nobody has registered."""
    return [_guards[name] for name in guard_names(step)]


def effects_of(step: str) -> list[Check]:
    return _effects.get(step, [])


def listeners() -> list[Callable[[Attempt], None]]:
    return _listeners
