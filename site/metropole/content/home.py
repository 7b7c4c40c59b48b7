"""What the front page tells of the contents: how many there are, the newest, the sections that hold them."""

from django.http import HttpRequest
from django.urls import reverse

from metropole.core.navigation import Link, navigation
from metropole.search.listing import Hit
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.services import search

from .related import newest
from .vocabulary import CONTENT_TYPES, REFERENCE_TYPES

LATEST_COUNT = 6


def section_links(request: HttpRequest) -> list[Link]:
    return navigation(request).sections


def latest(request: HttpRequest) -> list[Hit]:
    return newest(LATEST_COUNT, {"type": REFERENCE_TYPES})


def total(request: HttpRequest) -> int:
    """How many pieces of content are published."""
    preset = Preset(path="", locked={"type": CONTENT_TYPES})
    return search(Query(), preset, counted=(), size=1).result.total


def search_url(request: HttpRequest) -> str:
    return reverse("search:search")
