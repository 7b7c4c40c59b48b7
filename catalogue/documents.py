"""What of a solution is indexed."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from metropole.content.documents import content_document, read_translations
from metropole.moderation.accuracy import with_life
from metropole.search.documents import Document
from metropole.search.registry import register_documents

from .models import SolutionPage
from .price_bands import price_bands
from .sheet.freshness import fresh_until
from .signs import read_signs
from .vocabulary import BY_COMMUNE, INDEPENDENT

MATURITY_BANDS = ((3, "low"), (6, "mid"), (9, "high"))
"""Highest technology readiness level of each band of the facet "maturity"."""

ALWAYS = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Until when a sheet is up to date that nobody is asked about."""


def register() -> None:
    """Has the solutions indexed."""
    register_documents(SolutionPage, solution_document, indexed, prepare)


def indexed() -> QuerySet:
    return with_life(SolutionPage.objects.published().originals().with_filing(), SolutionPage.content_type_name)


def prepare(pages: Sequence[SolutionPage]) -> None:
    read_translations(pages)
    read_signs(pages)


def solution_document(page: SolutionPage) -> Document:
    return content_document(page, solution_facets(page), fresh_until=fresh_until(page) or ALWAYS)


def solution_facets(page: SolutionPage) -> dict[str, tuple[str, ...]]:
    return {
        "status": _one(page.status),
        "kind": _one(page.kind),
        "ai": () if page.contains_ai is None else ("yes" if page.contains_ai else "no",),
        "technique": tuple(page.techniques),
        "ai_act": _one(page.ai_act_class),
        "hosting": _one(page.hosting_zone),
        "licence": _one(page.licensing),
        "price": price_bands(page.price_model, page.prices),
        "maturity": maturity_band(page.maturity),
        "deployed": tuple(page.places_of_use),
        "evaluation": (INDEPENDENT,) if page.is_evaluated else (),
        "confirmed": (BY_COMMUNE,) if page.is_confirmed else (),
    }


def maturity_band(level: int | None) -> tuple[str, ...]:
    """The band of a technology readiness level, 1 to 9; none where it is unknown."""
    if level is None:
        return ()
    return (next(band for highest, band in MATURITY_BANDS if level <= highest),)


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
