"""On a solution's sheet: where it is presented."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from .display import shown
from .models import Presentation, PresentedSolution


def with_presentations(pages: QuerySet, kind: str) -> QuerySet:
    """Fetches with a solution whether it is presented anywhere: most sheets ask no more."""
    if kind != "solution":
        return pages
    rows = PresentedSolution.objects.filter(solution__translation_key=OuterRef("translation_key"))
    return pages.annotate(is_presented=Exists(rows))


def presented_in(page: Page) -> Mapping[str, object] | None:
    """The presentations of which it is part, the same on its sheet in every language; None where there is none."""
    if not getattr(page, "is_presented", True):
        return None
    listed = Presentation.objects.listed().filter(solutions__solution__translation_key=page.translation_key)
    presentations = shown(listed.distinct())
    return {"presentations": presentations} if presentations else None
