"""What an authority uses, for its own page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from metropole.core.navigation import in_reader_language
from metropole.organisations.models import Organisation

from .display import Row, rows_of
from .models import Deployment


@dataclass(frozen=True)
class Used:
    """A deployment, with its solution's sheet as the reader is led to it."""

    row: Row
    title: str
    url: str
    language: str


def used_by(organisation: Organisation) -> Mapping[str, object] | None:
    """None where nothing is known."""
    rows = rows_of(Deployment.objects.public().filter(organisation=organisation))
    sheets = _sheets({row.deployment.solution.translation_key for row in rows}) if rows else {}
    used = [
        Used(row, sheet.title, in_reader_language(sheet.url), sheet.language)
        for row in rows
        if (sheet := sheets.get(row.deployment.solution.translation_key))
    ]
    return {"used": sorted(used, key=lambda one: one.title)} if used else None


def _sheets(keys: set) -> dict:
    """The published sheets, in the reader's language where there is one."""
    from ..models import SolutionPage

    found: dict = {}
    preferred = (get_language(), settings.LANGUAGE_CODE)
    pages = SolutionPage.objects.published().filter(translation_key__in=keys, alias_of=None).select_related("locale")
    for page in sorted(pages, key=lambda one: preferred.index(one.language) if one.language in preferred else 2):
        found.setdefault(page.translation_key, page)
    return found
