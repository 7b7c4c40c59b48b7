"""What the front page tells of the contents: how many there are, the newest, the sections that hold them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Site

from metropole.search.listing import Hit
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.services import search

from .pages import SectionPage
from .related import newest
from .vocabulary import CONTENT_TYPES, REFERENCE_TYPES

LATEST_COUNT = 6


@dataclass(frozen=True)
class SectionLink:
    title: str
    text: str
    url: str


def section_links(request: HttpRequest) -> list[SectionLink]:
    home = Site.find_for_request(request).root_page.localized
    sections = home.get_children().live().in_menu().specific()
    return [
        SectionLink(page.title, page.intro, page.get_url(request)) for page in sections if isinstance(page, SectionPage)
    ]


def latest(request: HttpRequest) -> list[Hit]:
    return newest(LATEST_COUNT, {"type": REFERENCE_TYPES})


def total(request: HttpRequest) -> int:
    """How many pieces of content are published."""
    preset = Preset(path="", locked={"type": CONTENT_TYPES})
    return search(Query(), preset, counted=(), size=1).result.total


def search_url(request: HttpRequest) -> str:
    return reverse("search:search")
