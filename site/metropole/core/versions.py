"""In which languages something may be read, and at which addresses: one rule for the switcher, the alternates that
search engines read and the sitemaps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

X_DEFAULT = "x-default"
"""What ``hreflang`` calls the version for readers of every other language."""


@dataclass(frozen=True)
class Address:
    """Where readers of a language find something; ``is_translated`` says whether it is written in theirs."""

    path: str
    is_translated: bool = True


@dataclass(frozen=True)
class Alternate:
    """One version of a page, as search engines are told of it."""

    language: str
    url: str


def language_codes() -> list[str]:
    """The languages of the site, in the order of the settings."""
    return [code for code, _name in settings.LANGUAGES]


def absolute(path: str) -> str:
    """The one address that search engines know, whatever the host by which the reader came."""
    return settings.SITE_URL.rstrip("/") + path


def paths(view_name: str, *args: str, languages: Collection[str] | None = None) -> dict[str, str]:
    """A view's path in each of the languages in which it may be read: all of them, unless some are named."""
    found = {}
    for code in language_codes():
        if languages is None or code in languages:
            with override(code):
                found[code] = reverse(view_name, args=args)
    return found


def alternates(paths: Mapping[str, str]) -> list[Alternate]:
    """A page's versions with the one for everybody else; none where there is one version alone."""
    if len(paths) < 2:
        return []
    found = [Alternate(code, absolute(path)) for code, path in paths.items()]
    if settings.LANGUAGE_CODE in paths:
        found.append(Alternate(X_DEFAULT, absolute(paths[settings.LANGUAGE_CODE])))
    return found


def language_of_text(languages: Collection[str], reader: str) -> str:
    """The language in which a reader gets what is written in some languages alone: theirs, or the site's main one."""
    if reader in languages or not languages:
        return reader
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in languages else next(iter(languages))
