"""What of a solution is indexed."""

from collections.abc import Sequence

from metropole.content.documents import content_document, read_translations
from metropole.search.documents import Document
from metropole.search.registry import register_documents

from .models import SolutionPage
from .price_bands import price_bands
from .signs import fresh_until, read_signs
from .vocabulary import BY_COMMUNE, INDEPENDENT

MATURITY_BANDS = ((3, "low"), (6, "mid"), (9, "high"))
"""Highest technology readiness level of each band of the facet "maturity"."""


def register() -> None:
    """Has the solutions indexed."""
    register_documents(
        SolutionPage, solution_document, lambda: SolutionPage.objects.published().originals().with_filing(), prepare
    )


def prepare(pages: Sequence[SolutionPage]) -> None:
    read_translations(pages)
    read_signs(pages)


def solution_document(page: SolutionPage) -> Document:
    return content_document(page, solution_facets(page), fresh_until=fresh_until(page))


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
