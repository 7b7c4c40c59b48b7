"""The values of a facet: their labels, their order and, for a tree, what lies above each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Term:
    """One value of a facet; ``parent`` is the value just above it in a tree."""

    value: str
    label: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    url: str = ""


class Vocabulary:
    """The terms of a facet in display order."""

    def __init__(self, terms: Sequence[Term] = ()) -> None:
        self.terms = {term.value: term for term in terms}
        self._above: dict[str, tuple[str, ...]] = {}

    def __contains__(self, value: str) -> bool:
        return value in self.terms

    def label(self, value: str) -> str:
        """The label of a value; the value itself when the vocabulary does not know it."""
        term = self.terms.get(value)
        return term.label if term else value

    def url(self, value: str) -> str:
        term = self.terms.get(value)
        return term.url if term else ""

    def ancestors(self, value: str) -> tuple[str, ...]:
        """What lies above a value, nearest first. A loop in the data ends the climb instead of hanging it."""
        if value not in self._above:
            self._above[value] = tuple(self._climb(value))
        return self._above[value]

    def _climb(self, value: str) -> Iterable[str]:
        seen = {value}
        term = self.terms.get(value)
        while term and term.parent and term.parent not in seen:
            seen.add(term.parent)
            yield term.parent
            term = self.terms.get(term.parent)

    def expand(self, values: Iterable[str]) -> tuple[str, ...]:
        """The values and all that lies above them, each once."""
        expanded: dict[str, None] = {}
        for value in values:
            expanded[value] = None
            expanded.update(dict.fromkeys(self.ancestors(value)))
        return tuple(expanded)

    def children(self, value: str) -> list[str]:
        return self._children.get(value, [])

    @cached_property
    def roots(self) -> list[str]:
        return [term.value for term in self.terms.values() if term.parent not in self.terms]

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each value in display order."""
        return {value: place for place, value in enumerate(self.terms)}

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        for term in self.terms.values():
            if term.parent in self.terms:
                below.setdefault(term.parent, []).append(term.value)
        return below
