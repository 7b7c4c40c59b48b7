"""From an address to the solutions that it names, each once, in its order, as its reader reads them."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from metropole.search.analysis import fold

from ..models import SolutionPage
from .offer import FEWEST, MOST

_SLUG = re.compile(r"[-\w]{1,255}")
_MOST_READ = 50
_MOST_OFFERED = 200


@dataclass(frozen=True)
class Chosen:
    """``unknown``: how many of those named are no published solution."""

    pages: Sequence[SolutionPage]
    unknown: int = 0

    @property
    def is_comparable(self) -> bool:
        return FEWEST <= len(self.pages) <= MOST

    @property
    def are_too_many(self) -> bool:
        return len(self.pages) > MOST


def chosen(slugs: Iterable[str]) -> Chosen:
    """The solutions of some slugs, of any language. Never raises: what is absurd is unknown."""
    given = list(dict.fromkeys(slugs))[:_MOST_READ]
    asked = [slug for slug in given if _SLUG.fullmatch(slug)]
    named = SolutionPage.objects.published().filter(slug__in=asked, alias_of=None) if asked else ()
    keys = {page.slug: page.translation_key for page in named}
    versions = in_reader_language({*keys.values()})
    wanted = dict.fromkeys(keys[slug] for slug in asked if slug in keys)
    return Chosen([versions[key] for key in wanted if key in versions], sum(slug not in keys for slug in given))


def in_reader_language(keys: Collection) -> dict:
    """The version of each solution that the reader reads: in their language, or else the original."""
    found: dict = {}
    if not keys:
        return found
    pages = SolutionPage.objects.published().filter(translation_key__in=keys, alias_of=None)
    order = {get_language(): 0, settings.LANGUAGE_CODE: 1}
    related = pages.select_related("locale", "publisher__territory")
    for page in sorted(related, key=lambda page: order.get(page.locale.language_code, 2)):
        found.setdefault(page.translation_key, page)
    return found


def others(pages: Sequence[Page]) -> list[Page]:
    """The other solutions, to choose from, in the order of their titles."""
    originals = (
        SolutionPage.objects.published()
        .originals()
        .exclude(translation_key__in=[page.translation_key for page in pages])
    )
    found = originals.order_by("title").only("title", "slug", "locale")[:_MOST_OFFERED]
    return sorted(found, key=lambda page: fold(page.title))
