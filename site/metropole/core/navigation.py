"""The site's menus and the links between its languages."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .models import BasePage, StandardPage
from .versions import Address, Alternate, absolute, alternates, language_codes, language_of_text

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
    """The same page for readers of another language. ``name`` and ``note`` are in that language: they are for them.

    ``note`` says in which language the text is, where it is not translated for them.
    """

    code: str
    name: str
    url: str
    current: bool
    note: str = ""

    @property
    def label(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name


@dataclass(frozen=True)
class Navigation:
    """``alternates`` are those of the canonical address: other addresses of the same page list none."""

    home_url: str
    sections: list[Link]
    places: list[Link]
    footer: list[Link]
    languages: list[LanguageLink]
    path: str
    canonical: str
    alternates: list[Alternate]


def navigation(request: HttpRequest, page: Page | None = None, written_in: Collection[str] | None = None) -> Navigation:
    """What surrounds a page of Wagtail's tree, or a view: ``written_in`` names its languages if those are not all."""
    reader = get_language()
    sections, footer = cache.get_or_set(f"menu:{reader}", lambda: _menus(request), MENU_SECONDS)
    if isinstance(page, BasePage) and page.pk:
        addresses, language = page.addresses(), page.language
    else:
        addresses = _view_addresses(request, written_in)
        language = language_of_text([code for code in addresses if addresses[code].is_translated], reader)
    canonical = addresses[language].path
    translated = {code: address.path for code, address in addresses.items() if address.is_translated}
    return Navigation(
        home_url=f"/{reader}/",
        sections=sections,
        places=_places(),
        footer=footer,
        languages=[_language_link(request, code, address, language) for code, address in addresses.items()],
        path=request.path,
        canonical=absolute(canonical),
        alternates=alternates(translated) if request.get_full_path() == canonical else [],
    )


def _places() -> list[Link]:
    """The pages of the footer that are not in Wagtail's tree."""
    names = {
        "territory:index": _("Territories"),
        "taxonomy:index": _("Themes"),
        "organisations:directory": _("Directory"),
        "purchasing:presentations": _("Grouped purchases"),
        "site_map": _("Site map"),
    }
    return [Link(title, reverse(name)) for name, title in names.items()]


def trail(*links: Link) -> list[Link]:
    """A breadcrumb from the home page, for a page that is not in Wagtail's tree."""
    return [Link(_("Home"), f"/{get_language()}/"), *links]


def in_reader_language(url: str) -> str:
    """A page's address as the reader of another language is led to it: below the sections of their own language."""
    language = get_language()
    own = url.split("/", 2)[1]
    if own == language or own not in language_codes():
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
    cache.delete_many([f"{kept}:{code}" for kept in ("menu", "sections") for code in language_codes()])


def _menus(request: HttpRequest) -> tuple[list[Link], list[Link]]:
    site = Site.find_for_request(request)
    if site is None:
        return [], []
    pages = site.root_page.localized.get_children().live().in_menu().specific()
    sections = [
        Link(page.title, in_reader_language(page.get_url(request)), getattr(page, "intro", ""))
        for page in pages
        if not isinstance(page, StandardPage)
    ]
    footer = [
        Link(page.title, in_reader_language(page.get_url(request))) for page in pages if isinstance(page, StandardPage)
    ]
    return sections, footer


def _view_addresses(request: HttpRequest, written_in: Collection[str] | None) -> dict[str, Address]:
    """A view's path in each language; the home page's where the view has none, as for what is not found."""
    addresses = {}
    for code in language_codes():
        path = translate_url(request.path, code)
        is_same = path == request.path and code != get_language()
        addresses[code] = Address(f"/{code}/" if is_same else path, written_in is None or code in written_in)
    return addresses


def _language_link(request: HttpRequest, code: str, address: Address, language: str) -> LanguageLink:
    query = request.META.get("QUERY_STRING", "")
    url = f"{address.path}?{query}" if query else address.path
    note = "" if address.is_translated else _untranslated_note(code, language)
    return LanguageLink(code, get_language_info(code)["name_local"].capitalize(), url, code == get_language(), note)


def _untranslated_note(reader: str, language: str) -> str:
    with override(reader):
        name = get_language_info(language)["name_translated"]
        # Translators: beside the name of the reader's language, in the link to a page that is not translated into it.
        return _("this page is in %(language)s only") % {"language": name}
