"""Contents as something to keep: once, whatever the languages that they are read in."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from metropole.accounts.favourites.registry import Item, register_kind
from metropole.core.navigation import in_reader_language

from .models import ContentPage

KIND = "content"


def register() -> None:
    register_kind(KIND, _find)


def _find(refs: Collection[str]) -> dict[str, Item]:
    versions: dict[str, list[ContentPage]] = {}
    for page in ContentPage.objects.published().filter(translation_key__in=_keys(refs), alias_of=None).order_by("pk"):
        versions.setdefault(str(page.translation_key), []).append(page)
    return {key: _item(_for_reader(pages)) for key, pages in versions.items()}


def _keys(refs: Collection[str]) -> list[UUID]:
    found = []
    for ref in refs:
        try:
            found.append(UUID(ref))
        except ValueError:
            continue
    return found


def _for_reader(pages: list[ContentPage]) -> ContentPage:
    """The version in the reader's language, else in the site's, else any."""
    preferred = (get_language(), settings.LANGUAGE_CODE)
    return min(pages, key=lambda page: preferred.index(page.language) if page.language in preferred else len(preferred))


def _item(page: ContentPage) -> Item:
    return Item(page.title, in_reader_language(page.url), page.specific_class.type_label(), page.language)
