"""Searches fixed beforehand: the general one, a section's, a territory's, a theme's. One query path serves them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from .query import Query


@dataclass(frozen=True)
class Preset:
    """A search page of its own.

    ``locked`` values always apply, to their own facet's counts too, and show neither in the address nor as chips.
    """

    path: str
    locked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heading: str | Promise = ""
    hidden_facets: frozenset[str] = frozenset()
    default_sort: str = ""
    intro: str | Promise = ""

    def shows(self, facet_name: str) -> bool:
        """Whether the facet can be chosen here: not when it is hidden or locked to one value."""
        return facet_name not in self.hidden_facets and len(self.locked.get(facet_name, ())) != 1

    def admits(self, facet_name: str, value: str) -> bool:
        """Whether the preset leaves this value of a facet to choose."""
        allowed = self.locked.get(facet_name)
        return allowed is None or value in allowed

    def restrict(self, query: Query) -> Query:
        """The reader's search without what this preset does not leave to choose."""
        kept = {
            name: tuple(value for value in values if self.admits(name, value))
            for name, values in query.selections.items()
            if len(self.locked.get(name, ())) != 1
        }
        chosen = {name: values for name, values in kept.items() if values}
        return Query(query.text, chosen, query.wider and "territory" in chosen, query.sort, query.page, query.exact)

    def unlocked(self, query: Query) -> Query:
        """The same search on the general page: the locked values become ordinary parameters."""
        merged = {name: tuple(sorted(values)) for name, values in self.locked.items()} | dict(query.selections)
        return Query(query.text, merged, query.wider, query.sort, 1, query.exact)
