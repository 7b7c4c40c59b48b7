"""What the apps above the catalogue have to say of a solution on its sheet: each adds its parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wagtail.models import Page

Context = Mapping[str, object]


@dataclass(frozen=True)
class SheetPart:
    """``context`` gives what the template finds in ``part``; None where there is nothing to show.

    The template begins with its heading, an h2.
    """

    template: str
    context: Callable[[Page], Context | None]
    order: int


@dataclass(frozen=True)
class ShownPart:
    template: str
    context: Context


_parts: list[SheetPart] = []


def register_sheet_part(part: SheetPart) -> None:
    """From ``AppConfig.ready()``."""
    _parts.append(part)


def sheet_parts(page: Page) -> list[ShownPart]:
    """The parts that have something to show of a solution, from first to last."""
    contexts = ((part.template, part.context(page)) for part in sorted(_parts, key=lambda part: part.order))
    return [ShownPart(template, context) for template, context in contexts if context is not None]
