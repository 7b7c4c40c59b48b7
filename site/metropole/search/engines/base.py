"""What an engine is asked and what it answers, whichever it is."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from ..documents import Document
from ..facets import Facet

# Tokens that stand one after the other; a single one is a plain word.
Sequel = tuple[str, ...]


class Alternative(NamedTuple):
    """One way to say something, and what it counts beside the others."""

    sequel: Sequel
    weight: float = 1.0


# Equivalent words or phrases: one of them must be there, and the one that counts most does.
Clause = tuple[Alternative, ...]
# For each language, what a document must contain in it; one language is enough. Empty: no words were asked.
Text = Mapping[str, tuple[Clause, ...]]


class IndexUnavailableError(Exception):
    """An index cannot answer, or be written to, for now. Its text says why, in one line without a secret."""


@dataclass(frozen=True)
class Filter:
    """The values of a facet, one of which is wanted; ``wider``: territories above, wanted as direct values too."""

    facet: Facet
    values: tuple[str, ...]
    wider: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchRequest:
    """One question to an engine. ``filters`` spare their own facet's counts, ``locked`` ones do not.

    Documents published in ``first_language`` come before all others, each kind in the order of ``sort``.
    """

    text: Text = field(default_factory=dict)
    locked: tuple[Filter, ...] = ()
    filters: tuple[Filter, ...] = ()
    without: Filter | None = None
    counted: tuple[Facet, ...] = ()
    sort: str = "newest"
    first_language: str = ""
    start: int = 0
    size: int = 20
    now: int = 0

    def lifting(self, name: str) -> "SearchRequest":
        """The same question without the filter of one facet."""
        return replace(self, filters=tuple(held for held in self.filters if held.facet.name != name))


Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class SearchResult:
    """``hits`` are the stored values of the documents of the page; ``counts`` those of each facet's values.

    ``also`` holds the totals of the other questions that were asked along; ``engine`` names who answered.
    """

    engine: str
    total: int = 0
    hits: Sequence[Mapping[str, Any]] = ()
    counts: Counts = field(default_factory=dict)
    also: Sequence[int] = ()


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

    def version(self) -> Hashable:
        """Equal as long as the words are the same."""


class Engine(Protocol):
    """What answers searches."""

    lexicon: Lexicon

    def search(self, request: SearchRequest, also: Sequence[SearchRequest] = ()) -> SearchResult:
        """Answers a question, and how many documents some others have, all in one go."""

    def totals(self, requests: Sequence[SearchRequest]) -> Sequence[int]:
        """How many documents each question has."""

    def version(self) -> Hashable:
        """Changes whenever answers may have changed."""


READY, MISSING, OUTDATED = "ready", "missing", "outdated"


class Store(Protocol):
    """Where an engine keeps its indexes: any number, of which one, the current, answers.

    Each method but ``place`` and ``name`` may raise IndexUnavailableError.
    """

    name: str
    # Tells apart stores of one kind, such as those of several machines; empty for one that all machines share.
    place: str

    def state(self) -> str:
        """``READY``, ``MISSING``, or ``OUTDATED`` when another version of this code made what is there."""

    def current(self) -> str:
        """The name of the index that answers; empty when there is none."""

    def create(self) -> str:
        """Makes an empty index and returns its name."""

    def fill(self, index: str, documents: Iterable[Document]) -> dict[str, str]:
        """Puts many documents into a new index, quickly. Returns those refused, by identifier, with the reason."""

    def write(self, index: str, documents: Iterable[Document], removed: Iterable[str]) -> dict[str, str]:
        """Replaces documents and removes others; when it returns, that is found and safe on disk.

        Returns the documents refused, by identifier, with the reason.
        """

    def digests(self) -> dict[str, str]:
        """The digest of every document of the current index, by identifier."""

    def exists(self, index: str) -> bool: ...

    def publish(self, index: str) -> None:
        """Makes an index the current one, at once for every reader."""

    def sweep(self, keep: Iterable[str]) -> None:
        """Removes all indexes of this store but some."""
