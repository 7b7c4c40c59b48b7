"""Presentations and their groups, as everybody reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from catalogue.comparison.choosing import in_reader_language
from catalogue.signs import read_signs
from metropole.core.navigation import in_reader_language as address_for_reader
from metropole.search.listing import Label
from metropole.search.registry import vocabulary

from .models import Interest, Presentation, PresentedSolution, PurchasingGroup


@dataclass(frozen=True)
class ShownPresentation:
    """The facts of a presentation, with its words in the reader's language, or in its own until it is translated."""

    facts: Presentation
    words: Presentation
    written_in: tuple[str, ...]

    @property
    def language(self) -> str:
        return self.words.locale.language_code

    @property
    def other_language(self) -> str:
        """That of its words, where it is not the reader's."""
        return "" if self.language == get_language() else self.language


@dataclass(frozen=True)
class Card:
    """A solution that is presented. ``page``: its sheet for this reader, ``original`` the one that says how far it is
    backed; both None where there is no sheet any more.
    """

    row: PresentedSolution
    page: Page | None = None
    original: Page | None = None
    url: str = ""
    interested: Sequence[Interest] = ()

    @property
    def other_language(self) -> str:
        language = self.page.language if self.page else settings.LANGUAGE_CODE
        return "" if language == get_language() else language


def shown(presentations: Iterable[Presentation]) -> list[ShownPresentation]:
    """With their words, in one query."""
    facts = list(presentations)
    keys = [one.translation_key for one in facts]
    versions: dict[object, dict[str, Presentation]] = {}
    for version in Presentation.objects.filter(translation_key__in=keys).select_related("locale"):
        versions.setdefault(version.translation_key, {})[version.locale.language_code] = version
    found = []
    for one in facts:
        own = versions[one.translation_key]
        words = own.get(get_language()) or own[settings.LANGUAGE_CODE]
        found.append(ShownPresentation(one, words, tuple(own)))
    return found


def cards(presentation: Presentation, interests: Sequence[Interest]) -> list[Card]:
    """Its solutions in the editors' order, with who is interested in each; in a constant number of queries."""
    sheets = presentation.sheets
    read_signs(list(sheets.values()))
    versions = in_reader_language({sheet.translation_key for sheet in sheets.values()})
    by_row: dict[int, list[Interest]] = {}
    for interest in interests:
        for row in interest.solutions.all():
            by_row.setdefault(row.pk, []).append(interest)
    return [_card(row, sheets.get(row.pk), versions, by_row.get(row.pk, ())) for row in presentation.solutions.all()]


def _card(row: PresentedSolution, original: Page | None, versions: dict, interested: Sequence[Interest]) -> Card:
    page = versions.get(original.translation_key) if original else None
    if page is None:
        return Card(row, interested=interested)
    return Card(row, page, original, address_for_reader(page.url), interested)


def filed_under(presentation: Presentation) -> dict[str, list[Label]]:
    """Where its territories and themes lead to, named in the reader's language."""
    themes = [theme.slug for theme in presentation.themes.all()]
    return {
        "territories": [Label(one.slug, one.name, one.get_absolute_url()) for one in presentation.territories.all()],
        "themes": [Label(one, vocabulary("theme").label(one), reverse("taxonomy:theme", args=[one])) for one in themes],
    }


def interests_of(presentation: Presentation) -> list[Interest]:
    """Those that everybody reads: of verified authorities."""
    found = presentation.interests.select_related("organisation__territory").prefetch_related("solutions")
    return [interest for interest in found if interest.organisation.is_verified]


def groups_of(presentation: Presentation) -> list[PurchasingGroup]:
    found = presentation.groups.listed().select_related("coordinator__organisation").with_members()
    return list(found)
