"""What is read on an organisation's page besides its own sheet: each app above brings its parts.

An authority is read about on its territory's page, which lies below the organisations.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import models

Context = Mapping[str, object]


@dataclass(frozen=True)
class ProfilePart:
    """``context`` gives what the template finds in ``part``; None where there is nothing to show."""

    template: str
    context: Callable[[models.Model], Context | None]
    order: int


@dataclass(frozen=True)
class ShownPart:
    template: str
    context: Context


_parts: list[ProfilePart] = []


def register_profile_part(part: ProfilePart) -> None:
    """From ``AppConfig.ready()``."""
    _parts.append(part)


def profile_parts(organisation: models.Model | None) -> list[ShownPart]:
    """The parts that have something to show of an organisation, from first to last."""
    if organisation is None:
        return []
    contexts = ((part.template, part.context(organisation)) for part in sorted(_parts, key=lambda part: part.order))
    return [ShownPart(template, context) for template, context in contexts if context is not None]
