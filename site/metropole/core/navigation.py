"""The site's menus and the links between its languages."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .models import BasePage, StandardPage

MENU_SECONDS = 60
SECTION_DEPTH = 3


@dataclass(frozen=True)
class Link:
    """A way to a page; ``text`` says in a sentence what is there, where a list has room for it."""

    title: str
    url: str
    text: str = ""


@dataclass(frozen=True)
class LanguageLink:
    """The same page for readers of another language; ``available`` says whether it is translated."""

    code: str
    name: str
    url: str
    current: bool
    available: bool


@dataclass(frozen=True)
class Navigation:
    home_url: str
    sections: list[Link]
    places: list[Link]
    footer: list[Link]
    languages: list[LanguageLink]
    path: str


def navigation(request: HttpRequest, page: Page | None = None) -> Navigation:
    language = get_language()
    sections, footer = cache.get_or_set(f"menu:{language}", lambda: _menus(request), MENU_SECONDS)
    return Navigation(f"/{language}/", sections, _places(), footer, _languages(request, page), request.path)


def _places() -> list[Link]:
    """The pages of the footer that are not in Wagtail's tree."""
    names = {"territory:index": _("Territories"), "taxonomy:index": _("Themes"), "site_map": _("Site map")}
    return [Link(title, reverse(name)) for name, title in names.items()]


def trail(*links: Link) -> list[Link]:
    """A breadcrumb from the home page, for a page that is not in Wagtail's tree."""
    return [Link(_("Home"), f"/{get_language()}/"), *links]


def in_reader_language(url: str) -> str:
    """A page's address as the reader of another language is led to it: below the sections of their own language."""
    language = get_language()
    own = url.split("/", 2)[1]
    if own == language or own not in dict(settings.LANGUAGES):
        return url
    sections = cache.get_or_set(f"sections:{language}", lambda: _translated_sections(language), MENU_SECONDS)
    for original, translated in sections.items():
        if url.startswith(original):
            return translated + url.removeprefix(original)
    with override(own):
        return translate_url(url, language)


def _translated_sections(language: str) -> dict[str, str]:
    sections = Page.objects.live().filter(depth=SECTION_DEPTH)
    translations = {page.translation_key: page.url for page in sections.filter(locale__language_code=language)}
    originals = sections.exclude(locale__language_code=language)
    return {page.url: translations[page.translation_key] for page in originals if page.translation_key in translations}


def forget_menus(**kwargs) -> None:
    """Signal receiver: a page was published, unpublished or moved."""
    codes = [code for code, _name in settings.LANGUAGES]
    cache.delete_many([f"{kept}:{code}" for kept in ("menu", "sections") for code in codes])


def _menus(request: HttpRequest) -> tuple[list[Link], list[Link]]:
    site = Site.find_for_request(request)
    if site is None:
        return [], []
    pages = site.root_page.localized.get_children().live().in_menu().specific()
    sections = [
        Link(page.title, page.get_url(request), getattr(page, "intro", ""))
        for page in pages
        if not isinstance(page, StandardPage)
    ]
    footer = [Link(page.title, page.get_url(request)) for page in pages if isinstance(page, StandardPage)]
    return sections, footer


def _languages(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    return [_language_link(request, page, code, str(name)) for code, name in settings.LANGUAGES]


def _language_link(request: HttpRequest, page: Page | None, code: str, name: str) -> LanguageLink:
    if code == get_language():
        shown_as_it_stands = isinstance(page, BasePage) and page.is_shown_in_other_language
        return LanguageLink(code, name, request.path, True, not shown_as_it_stands)
    if isinstance(page, BasePage) and page.pk:
        url, available = page.address_in(code)
        query = request.META.get("QUERY_STRING", "")
        return LanguageLink(code, name, f"{url}?{query}" if query else url, False, available)
    return LanguageLink(code, name, translate_url(request.get_full_path(), code), False, True)
