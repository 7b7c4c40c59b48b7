"""Searches fixed beforehand: the general one, a section's, a territory's, a theme's. One query path serves them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise

from .facets import TERRITORY, TYPE, Facet
from .listing import Choice
from .query import NEWEST, RELEVANCE, Query


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
    choice: Choice | None = None

    def shows(self, facet_name: str) -> bool:
        """Whether the facet can be chosen here: not when it is hidden or locked to one value."""
        return facet_name not in self.hidden_facets and len(self.locked.get(facet_name, ())) != 1

    def offers(self, facet: Facet, query: Query) -> bool:
        """Whether the facet can be chosen in a search: one of a single type of documents only where it is alone."""
        if facet.only_of and not query.selected(facet.name) and self.types(query) != (facet.only_of,):
            return False
        return self.shows(facet.name)

    def types(self, query: Query) -> tuple[str, ...]:
        """The types of documents that a search lists; none named: all."""
        return tuple(query.selected(TYPE.name) or self.locked.get(TYPE.name, ()))

    def admits(self, facet_name: str, value: str) -> bool:
        """Whether the preset leaves this value of a facet to choose."""
        allowed = self.locked.get(facet_name)
        return allowed is None or value in allowed

    def usual_sort(self, text: str) -> str:
        """The order when the reader chooses none."""
        return RELEVANCE if text else self.default_sort or NEWEST

    def restrict(self, query: Query) -> Query:
        """The reader's search without what this preset does not leave to choose, nor what it gives anyway."""
        chosen = {
            name: tuple(value for value in values if self.admits(name, value))
            for name, values in query.selections.items()
            if len(self.locked.get(name, ())) != 1
        }
        chosen = {name: values for name, values in chosen.items() if values}
        return replace(
            query,
            selections=chosen,
            wider=query.wider and (TERRITORY.name in chosen or TERRITORY.name in self.locked),
            sort="" if query.sort == self.usual_sort(query.text) else query.sort,
        )

    def unlocked(self, query: Query) -> Query:
        """The same search on the general page: the locked values become ordinary parameters."""
        locked = {name: tuple(sorted(values)) for name, values in self.locked.items()}
        sort = query.sort or ("" if query.text else self.default_sort)
        return replace(query, selections=locked | dict(query.selections), sort=sort, page=1)
