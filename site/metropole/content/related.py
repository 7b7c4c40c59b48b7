"""Short lists of results that pages show beside their own text."""

from collections.abc import Mapping
from typing import Any

from metropole.search.hits import hits
from metropole.search.listing import Hit
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.services import search

from .vocabulary import REFERENCE_TYPES

RELATED_COUNT = 3


def newest(count: int, locked: Mapping[str, tuple[str, ...]]) -> list[Hit]:
    """The newest results of a search that is fixed beforehand."""
    return hits(search(Query(), Preset(path="", locked=locked), counted=(), size=count))


def related_hits(instance: Any, own_id: str, own_url: str = "") -> list[Hit]:
    """The newest contents filed under one of the same themes.

    ``own_id`` is the instance's own document, or ``own_url`` its address where it is a version of another's document.
    """
    themes = tuple(theme.slug for theme in instance.themes.all())
    if not themes:
        return []
    found = newest(RELATED_COUNT + 1, {"theme": themes, "type": REFERENCE_TYPES})
    return [hit for hit in found if hit.id != own_id and hit.url != own_url][:RELATED_COUNT]
