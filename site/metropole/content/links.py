"""Ways on from a piece of content: the pages of its territories and themes, the searches for its keywords."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from wagtail.models import Page

from metropole.core.models import BasePage
from metropole.core.navigation import Link, in_reader_language
from metropole.search.listing import Label
from metropole.search.registry import vocabulary
from metropole.taxonomy.models import Programme

from .filing import tag_names


@dataclass(frozen=True)
class SearchLinks:
    territories: list[Label]
    themes: list[Label]
    tags: list[Label]
    programme: Label | None


def search_links(instance: Any) -> SearchLinks:
    """Where each value under which something is filed leads to, named in the reader's language."""
    return SearchLinks(
        territories=[Label(place.slug, place.name, place.get_absolute_url()) for place in instance.territories.all()],
        themes=[_theme_label(theme.slug) for theme in instance.themes.all()],
        tags=[Label(tag, vocabulary("tag").label(tag), _search("tag", tag)) for tag in tag_names(instance)],
        programme=_programme_label(getattr(instance, "programme", None)),
    )


def breadcrumb(page: BasePage) -> list[Link]:
    """From the home page to the page, by way of the reader's own sections where the page is in another language."""
    above = page.branch()[:-1]
    if page.is_shown_in_other_language:
        translated = Page.objects.live().filter(
            translation_key__in=[ancestor.translation_key for ancestor in above],
            locale__language_code=get_language(),
        )
        above = list(translated.order_by("depth")) or above
    return [*(Link(ancestor.title, in_reader_language(ancestor.url)) for ancestor in above), Link(page.title, page.url)]


def _theme_label(slug: str) -> Label:
    return Label(slug, vocabulary("theme").label(slug), reverse("taxonomy:theme", args=[slug]))


def _programme_label(programme: Programme | None) -> Label | None:
    """A programme by its whole name, which the facet may shorten."""
    if programme is None:
        return None
    named = programme
    if get_language() != settings.LANGUAGE_CODE:
        named = Programme.objects.in_language().get(translation_key=programme.translation_key)
    return Label(programme.slug, named.name, _search("programme", programme.slug))


def _search(parameter: str, value: str) -> str:
    return f"{reverse('search:search')}?{urlencode({parameter: value})}"
