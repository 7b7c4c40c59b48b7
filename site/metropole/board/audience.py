"""Whom to tell of a need: each part of the board, and the apps above it, know some of them."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AbstractUser

from .lifecycle.table import Told
from .models import Need

Find = Callable[[Need], Iterable[AbstractUser]]

_sources: dict[Told, list[Find]] = {}


def register_audience(told: Told, find: Find) -> None:
    """From ``AppConfig.ready()``."""
    _sources.setdefault(told, []).append(find)


def people(need: Need, *audiences: Told) -> list[AbstractUser]:
    """Each person once, in no order that shows why they are told."""
    found = {person.pk: person for told in audiences for find in _sources.get(told, []) for person in find(need)}
    return [found[pk] for pk in sorted(found)]
