"""What the reader asks for: URL parameters read into a frozen ``Query``, and written back in one canonical order."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote_plus

from django.http import QueryDict

from .facets import FACETS, FACETS_BY_NAME, TERRITORY, Facet
from .registry import lists_all, vocabulary

MAX_CHARACTERS = 200
MAX_WORDS = 12
MAX_VALUES = 50
LAST_THINKABLE_PAGE = 10**9
RELEVANCE, NEWEST, OLDEST, TITLE = SORTS = ("relevance", "newest", "oldest", "title")

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
quoted = lru_cache(maxsize=4096)(quote_plus)

Selections = Mapping[str, tuple[str, ...]]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Query:
    """A search as the reader put it. An empty ``sort`` is the usual order; a facet's values are sorted and distinct."""

    text: str = ""
    selections: Selections = field(default_factory=dict)
    wider: bool = False
    sort: str = ""
    page: int = 1
    exact: bool = False

    def selected(self, facet_name: str) -> tuple[str, ...]:
        return self.selections.get(facet_name, ())

    def with_values(self, facet_name: str, values: Iterable[str]) -> "Query":
        """The same search with other values of one facet, from its first page."""
        chosen = tuple(sorted(set(values)))
        kept = {name: held for name, held in self.selections.items() if name != facet_name}
        wider = self.wider and (bool(chosen) if facet_name == TERRITORY.name else True)
        return replace(self, selections=kept | ({facet_name: chosen} if chosen else {}), wider=wider, page=1)

    def toggled(self, facet_name: str, value: str) -> "Query":
        """The same search with one value added, or taken away if it was there."""
        return self.with_values(facet_name, set(self.selected(facet_name)) ^ {value})

    def changed(self, **changes: object) -> "Query":
        """The same search with something else changed, from its first page."""
        return replace(self, page=1, **changes)

    def at_page(self, page: int) -> "Query":
        return replace(self, page=page)

    def pairs(self) -> Pairs:
        """The parameters in canonical order; what is at its usual value is left out."""
        found: Pairs = [("q", self.text)] if self.text else []
        for facet in FACETS:
            found += [(facet.name, value) for value in self.selected(facet.name)]
            found += [("wider", "1")] if facet is TERRITORY and self.wider else []
        found += [("sort", self.sort)] if self.sort else []
        found += [("page", str(self.page))] if self.page > 1 else []
        return found + ([("exact", "1")] if self.exact else [])

    def url(self, path: str = "") -> str:
        """The address of this search, always the same for the same search."""
        return address(path, self.pairs())


def address(path: str, pairs: Pairs) -> str:
    """A path and its parameters as one address."""
    encoded = "&".join(f"{name}={quoted(value)}" for name, value in pairs)
    return f"{path}?{encoded}" if encoded else path


def parse(parameters: QueryDict) -> Query:
    """Reads URL parameters. Never raises: what is unknown, unreadable or too long is ignored or cut."""
    text = clean_text(parameters.get("q", ""))
    selections = {facet.name: _values(facet, parameters.getlist(facet.name)) for facet in FACETS}
    chosen = {name: values for name, values in selections.items() if values}
    return Query(
        text=text,
        selections=chosen,
        wider=parameters.get("wider") == "1",
        sort=_sort(parameters.get("sort", ""), text),
        page=_page(parameters.get("page", "")),
        exact=parameters.get("exact") == "1" and bool(text),
    )


def clean_text(text: str) -> str:
    """The reader's words without control characters, at most 12 of them and 200 characters."""
    printable = _UNPRINTABLE.sub(" ", text[: MAX_CHARACTERS * 4])
    return " ".join(printable[:MAX_CHARACTERS].split()[:MAX_WORDS])


def _values(facet: Facet, given: list[str]) -> tuple[str, ...]:
    accepted = {value for value in given[: MAX_VALUES * 2] if is_known(facet, value)}
    return tuple(sorted(accepted)[:MAX_VALUES])


def is_known(facet: Facet, value: str) -> bool:
    """Whether a value may be asked of a facet; one whose values nobody lists takes any that is short and printable."""
    if not value or len(value) > MAX_CHARACTERS or _UNPRINTABLE.search(value):
        return False
    if value in facet.clock_values:
        return True
    if lists_all(facet.name):
        return value in vocabulary(facet.name)
    return facet is not FACETS_BY_NAME["year"] or bool(_YEAR.fullmatch(value))


def _sort(value: str, text: str) -> str:
    return value if value in SORTS and (text or value != RELEVANCE) else ""


def _page(value: str) -> int:
    digits = value.strip()[:20]
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(max(int(digits), 1), LAST_THINKABLE_PAGE)
