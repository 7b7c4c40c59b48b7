"""What an engine is asked and what it answers, whichever it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from ..documents import Document
from ..facets import Facet

# Tokens that stand one after the other; a single one is a plain word.
Sequel = tuple[str, ...]
# Equivalent words or phrases: one of them must be there.
Clause = tuple[Sequel, ...]
# For each language, what a document of that language must contain. Empty: no words were asked.
Text = Mapping[str, tuple[Clause, ...]]


@dataclass(frozen=True)
class Filter:
    """The values of a facet, one of which is wanted; ``wider``: territories above, wanted as direct values too."""

    facet: Facet
    values: tuple[str, ...]
    wider: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchRequest:
    """One question to an engine. ``filters`` spare their own facet's counts, ``locked`` ones do not."""

    text: Text = field(default_factory=dict)
    locked: tuple[Filter, ...] = ()
    filters: tuple[Filter, ...] = ()
    without: Filter | None = None
    counted: tuple[Facet, ...] = ()
    sort: str = "newest"
    start: int = 0
    size: int = 20
    now: int = 0

    def lifting(self, name: str) -> "SearchRequest":
        """The same question without the filter of one facet."""
        return replace(self, filters=tuple(held for held in self.filters if held.facet.name != name))


Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class SearchResult:
    """``hits`` are the stored values of the documents of the page; ``counts`` those of each facet's values."""

    total: int = 0
    hits: Sequence[Mapping[str, Any]] = ()
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class Word:
    """A word of the index as its authors type it, with the number of documents that hold it."""

    folded: str
    shown: str
    frequency: int


class Lexicon(Protocol):
    """The words of an index."""

    def contains(self, language: str, token: str) -> bool:
        """Whether a document of the language holds the token."""

    def completions(self, language: str, prefix: str, limit: int) -> Sequence[Word]:
        """The most frequent words that begin with a folded prefix."""

    def version(self) -> object:
        """Equal as long as the words are the same."""


class Engine(Protocol):
    """An index that answers and is kept up to date. None of the questions raises for want of an index."""

    name: str
    lexicon: Lexicon

    def search(self, request: SearchRequest) -> SearchResult: ...

    def count(self, request: SearchRequest) -> int: ...

    def state(self) -> str:
        """``ready``, ``missing`` or ``outdated`` (made by another version: rebuild it)."""

    def digests(self) -> dict[str, str]:
        """The digest of every document, by identifier."""

    def update(self, documents: Iterable[Document], removed: Iterable[str]) -> None:
        """Replaces documents and removes others; when it returns, they are found and safe on disk."""
