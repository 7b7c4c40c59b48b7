"""The facet panel: the values worth showing, in order, trees as trees."""

from collections.abc import Iterable, Mapping
from functools import partial

from . import listing
from .facets import FACETS, Facet
from .registry import lists_all, vocabulary
from .services import Outcome
from .vocabularies import Vocabulary

SHOWN_VALUES = 8
# Of values that nobody lists (tags, years), the most frequent are enough.
_MOST_UNLISTED = 60


def facets(outcome: Outcome) -> list[listing.Facet]:
    """The facets that have something to choose, in the one order of facets."""
    panels = [_facet(outcome, facet) for facet in FACETS if outcome.preset.offers(facet, outcome.query)]
    return [panel for panel in panels if panel.values]


def _facet(outcome: Outcome, facet: Facet) -> listing.Facet:
    selected = outcome.query.selected(facet.name)
    values = _Values(outcome, facet).shown()
    first = values[:SHOWN_VALUES] + [value for value in values[SHOWN_VALUES:] if _is_chosen(value)]
    more = [value for value in values[SHOWN_VALUES:] if not _is_chosen(value)]
    return listing.Facet(facet.name, str(facet.label), facet.is_tree, first, more, len(selected), facet.is_rare)


def _is_chosen(value: listing.FacetValue) -> bool:
    return value.selected or value.partially_selected


def _toggled(outcome: Outcome, facet_name: str, value: str) -> str:
    return outcome.query.toggled(facet_name, value).url(outcome.preset.path)


class _Values:
    """The values of one facet for one search."""

    def __init__(self, outcome: Outcome, facet: Facet) -> None:
        self._facet = facet
        self._vocabulary: Vocabulary = vocabulary(facet.name)
        self._selected = set(outcome.query.selected(facet.name))
        counts: Mapping[str, int] = outcome.result.counts.get(facet.name, {})
        self._counts = {value: count for value, count in counts.items() if outcome.preset.admits(facet.name, value)}
        self._worth = self._counts.keys() | set(self._vocabulary.expand(self._selected))
        self._above_selected = set(self._vocabulary.expand(self._selected)) - self._selected
        self._address = partial(_toggled, outcome, facet.name)

    def shown(self) -> list[listing.FacetValue]:
        """The values, most frequent first; of a tree with a single root, what is below it (and it, when chosen)."""
        top = self._top() if self._facet.is_tree else self._worth
        ranked = sorted(map(self._value, top), key=self._by_count)
        return ranked if lists_all(self._facet.name) else ranked[:_MOST_UNLISTED]

    def _top(self) -> Iterable[str]:
        roots = [value for value in self._vocabulary.roots if value in self._worth]
        unlisted = [value for value in self._worth if value not in self._vocabulary]
        if len(self._vocabulary.roots) != 1:
            return roots + unlisted
        chosen = [root for root in roots if root in self._selected]
        return chosen + unlisted + [child for root in roots for child in self._below(root)]

    def _below(self, value: str) -> list[str]:
        return [child for child in self._vocabulary.children(value) if child in self._worth]

    def _value(self, value: str) -> listing.FacetValue:
        is_single_root = value in self._selected and self._vocabulary.roots == [value]
        below = [] if is_single_root or not self._facet.is_tree else self._below(value)
        return listing.FacetValue(
            value,
            self._vocabulary.label(value),
            self._counts.get(value, 0),
            value in self._selected,
            self._address,
            value in self._above_selected,
            [self._value(child) for child in below],
        )

    def _by_count(self, value: listing.FacetValue) -> tuple[int, int, str]:
        return -value.count, self._vocabulary.rank.get(value.value, len(self._vocabulary.terms)), value.label
