"""The screens of a need are put together from parts: each part of the board, and the apps above it, add their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

from .models import Need

Context = Mapping[str, object]
Place = Literal["notice", "side", "body", "workspace"]
"""On the public page: above all, beside the text, below it. In the workspace: a section of the need's own screen."""


@dataclass(frozen=True)
class NeedPart:
    """``context`` gives what the template finds in ``part``; None where there is nothing to show.

    A template of "body" or "workspace" begins with its heading, an h2.
    """

    place: Place
    template: str
    context: Callable[[HttpRequest, Need], Context | None]
    order: int


@dataclass(frozen=True)
class ShownPart:
    template: str
    context: Context


_parts: list[NeedPart] = []


def register_need_part(part: NeedPart) -> None:
    """From ``AppConfig.ready()``."""
    _parts.append(part)


def need_parts(request: HttpRequest, need: Need, place: Place) -> list[ShownPart]:
    """The parts of a place that have something to show, from first to last."""
    parts = sorted((part for part in _parts if part.place == place), key=lambda part: part.order)
    contexts = ((part.template, part.context(request, need)) for part in parts)
    return [ShownPart(template, context) for template, context in contexts if context is not None]
