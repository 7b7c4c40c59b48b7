from metropole.content.documents import register_content

from .models import SolutionPage

MATURITY_BANDS = ((3, "low"), (6, "mid"), (9, "high"))
"""Highest technology readiness level of each band of the facet "maturity"."""


def register() -> None:
    """Has the solutions indexed."""
    register_content(SolutionPage, solution_facets)


def solution_facets(page: SolutionPage) -> dict[str, tuple[str, ...]]:
    return {
        "status": (page.status,) if page.status else (),
        "ai": () if page.contains_ai is None else ("yes" if page.contains_ai else "no",),
        "maturity": maturity_band(page.maturity),
    }


def maturity_band(level: int | None) -> tuple[str, ...]:
    """The band of a technology readiness level, 1 to 9; none where it is unknown."""
    if level is None:
        return ()
    return (next(band for highest, band in MATURITY_BANDS if level <= highest),)
