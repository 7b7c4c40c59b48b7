"""What the site keeps about a person: each app says what of it is its own, why, for how long, and how it is erased.

The page "My data" prints it, the export holds it, and the closing of an account erases it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class PersonalData:
    """One kind of data about people.

    ``name``: its key in the export. ``label``, ``purpose`` and ``kept``: what it is, what for and for how long, in
    words for people. ``export`` gives it as JSON knows it: instants, too, may be left as they are. ``erase`` does away
    with what of it names the person, when their account is closed; None for what is kept without their name.
    ``is_erased_last``: it is by this that others know what is the person's.
    """

    name: str
    label: str | Promise
    purpose: str | Promise
    kept: str | Promise
    export: Callable[[AbstractUser], Any]
    erase: Callable[[AbstractUser], None] | None = None
    is_erased_last: bool = False


@dataclass(frozen=True)
class Obstacle:
    """Why an account cannot be closed yet, in a sentence, and where that is settled."""

    text: str | Promise
    url: str


_kinds: dict[str, PersonalData] = {}
_obstacles: list[Callable[[AbstractUser], Iterable[Obstacle]]] = []


def register_personal_data(*kinds: PersonalData) -> None:
    """From ``AppConfig.ready()``. What is registered last is erased first."""
    for kind in kinds:
        if kind.name in _kinds:
            raise ValueError(f"There are two kinds of personal data named {kind.name}.")
        _kinds[kind.name] = kind


def register_closing_obstacle(obstacles: Callable[[AbstractUser], Iterable[Obstacle]]) -> None:
    """Adds a reason for which an account stays open. From ``AppConfig.ready()``."""
    _obstacles.append(obstacles)


def kinds_of_personal_data() -> list[PersonalData]:
    return list(_kinds.values())


def closing_obstacles(person: AbstractUser) -> list[Obstacle]:
    return [obstacle for find in _obstacles for obstacle in find(person)]


def exported(rows: QuerySet, **columns: str) -> list[dict[str, Any]]:
    """Rows as an export gives them: of each column, the field that holds it."""
    return [dict(zip(columns, row, strict=True)) for row in rows.values_list(*columns.values())]


def export_of(person: AbstractUser) -> dict[str, Any]:
    """All that is kept about a person."""
    return {kind.name: kind.export(person) for kind in _kinds.values()}


def erase(person: AbstractUser) -> None:
    """Does away with all that names a person, in the transaction that closes their account."""
    last_first = list(reversed(_kinds.values()))
    for kind in sorted(last_first, key=lambda kind: kind.is_erased_last):
        if kind.erase:
            kind.erase(person)
