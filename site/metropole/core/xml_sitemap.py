"""What search engines are told of: every public address, in one file for each language."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from .models import HOME_DEPTH
from .versions import alternates, language_codes, paths


@dataclass(frozen=True)
class Version:
    """Where something is read in one language, and when it was last changed, if that is known."""

    path: str
    changed_at: dt.datetime | None = None


Versions = Mapping[str, Version]
"""One public thing: its version in each language in which it is written."""

_providers: list[Callable[[], Iterable[Versions]]] = []


def register_public_addresses(provider: Callable[[], Iterable[Versions]]) -> None:
    """Adds what an app publishes, in a constant number of queries. Called from ``AppConfig.ready()``."""
    _providers.append(provider)


def versions(view_name: str, *args: str, **options: Iterable[str]) -> Versions:
    """A view in each of the languages in which it may be read, as ``paths``."""
    return {code: Version(path) for code, path in paths(view_name, *args, **options).items()}


def page_versions() -> Iterator[Versions]:
    """Every page of Wagtail's tree that everyone may read, with its translations."""
    pages = Page.objects.live().public().filter(depth__gte=HOME_DEPTH).exclude(expire_at__lte=timezone.now())
    found: dict[object, dict[str, Version]] = {}
    for page in pages.select_related("locale").order_by("path"):
        if page.url:
            version = Version(page.url, page.last_published_at)
            found.setdefault(page.translation_key, {})[page.locale.language_code] = version
    yield from found.values()


def view_versions() -> Iterator[Versions]:
    """The pages of this app that are not in Wagtail's tree, and the search."""
    yield versions("search:search")
    yield versions("site_map")


class LanguageSitemap(Sitemap):
    """What may be read in one language, each with its versions in the others."""

    def __init__(self, language: str) -> None:
        self.language = language

    def items(self) -> list[Versions]:
        return self._items_of_language

    @cached_property
    def _items_of_language(self) -> list[Versions]:
        provided = (item for provider in _providers for item in provider())
        return [item for item in provided if self.language in item]

    def location(self, item: Versions) -> str:
        return item[self.language].path

    def lastmod(self, item: Versions) -> dt.datetime | None:
        return item[self.language].changed_at

    def get_latest_lastmod(self) -> dt.datetime | None:
        return max(filter(None, map(self.lastmod, self.items())), default=None)

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_urls(self, page: int = 1, site: object = None, protocol: str | None = None) -> list[dict]:
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            item = {code: version.path for code, version in url["item"].items()}
            url["alternates"] = [
                {"lang_code": alternate.language, "location": alternate.url} for alternate in alternates(item)
            ]
        return urls


def sitemaps() -> dict[str, Callable[[], LanguageSitemap]]:
    """The sitemaps by language; each request makes its own, which reads what is public once."""
    return {code: partial(LanguageSitemap, code) for code in language_codes()}
