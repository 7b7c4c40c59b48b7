"""One search from the reader's parameters to the engine's answer. Pages, API, export and feed all pass here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone

from .engines import get_engine
from .engines.base import Filter, SearchRequest, SearchResult
from .facets import FACETS, FACETS_BY_NAME, ORGANISATION, TERRITORY, Facet
from .fields import milliseconds
from .languages import reader_language
from .presets import Preset
from .query import NEWEST, Query
from .registry import vocabulary
from .wording import Wording, understood

# From here on a page is only fetched once it is known to exist.
_FAR = 10_000
_MOST_RELAXATIONS = 5


class PageBeyondLastError(LookupError):
    """There is no such page of results."""


@dataclass(frozen=True)
class Freed:
    """What lifting a filter gives: the facet's name (``q`` for the words) and the number of results."""

    name: str
    count: int


@dataclass(frozen=True)
class Outcome:
    """A search and all that its answer needs to be shown."""

    query: Query
    preset: Preset
    wording: Wording
    request: SearchRequest
    result: SearchResult
    freed: Sequence[Freed]

    @property
    def wider_count(self) -> int:
        """How many documents are attached above the chosen territories and to none of them."""
        return sum(self.result.also)

    @property
    def page_count(self) -> int:
        return max(1, math.ceil(self.result.total / self.request.size))


def search(
    asked: Query,
    preset: Preset,
    counted: Sequence[Facet] = FACETS,
    size: int = 0,
    readable_first: bool = True,
) -> Outcome:
    """Answers a search. What the reader can read in their own language comes first, unless ``readable_first`` is false.

    Raises PageBeyondLastError when its page does not exist; page 1 always does.
    """
    engine = get_engine()
    query = preset.restrict(asked)
    wording = understood(query.text, engine.lexicon, query.exact)
    request = _request(query, preset, wording, counted, size or settings.SEARCH_PAGE_SIZE)
    if readable_first:
        request = replace(request, first_language=reader_language())
    if request.start > _FAR and engine.totals([request])[0] <= request.start:
        raise PageBeyondLastError
    result = engine.search(request, also=_attached_higher(request))
    if query.page > 1 and not result.hits:
        raise PageBeyondLastError
    freed = _freed(request, query) if not result.total else []
    return Outcome(query, preset, wording, request, result, freed)


def facet_counts(facet_name: str) -> dict[str, int]:
    """The number of published contents for each value of a facet. Organisations carry contents and are none."""
    carriers = Filter(FACETS_BY_NAME["type"], (ORGANISATION,))
    request = SearchRequest(counted=(FACETS_BY_NAME[facet_name],), without=carriers, size=1, now=_now())
    return get_engine().search(request).counts.get(facet_name, {})


def _now() -> int:
    return milliseconds(timezone.now())


def _request(query: Query, preset: Preset, wording: Wording, counted: Sequence[Facet], size: int) -> SearchRequest:
    shown = tuple(facet for facet in counted if preset.offers(facet, query))
    sort = query.sort or preset.usual_sort(query.text)
    return SearchRequest(
        text=wording.text,
        locked=_filters(preset.locked, query.wider and not query.selected(TERRITORY.name)),
        filters=_filters(query.selections, query.wider),
        counted=shown,
        sort=sort if wording.text or sort != "relevance" else NEWEST,
        start=(query.page - 1) * size,
        size=size,
        now=_now(),
    )


def _filters(selections: dict[str, tuple[str, ...]], wider: bool) -> tuple[Filter, ...]:
    chosen = [(FACETS_BY_NAME[name], values) for name, values in selections.items()]
    return tuple(
        Filter(facet, tuple(values), above(values) if wider and facet is TERRITORY else ()) for facet, values in chosen
    )


def above(territories: Sequence[str]) -> tuple[str, ...]:
    """The territories that hold the given ones, nearest first."""
    held = vocabulary(TERRITORY.name)
    found = dict.fromkeys(name for territory in territories for name in held.ancestors(territory))
    return tuple(name for name in found if name not in territories)


def chosen_territories(request: SearchRequest) -> tuple[str, ...]:
    """The territories that the results are narrowed to, by the reader or else by the preset."""
    narrowing = [held for held in (*request.filters, *request.locked) if held.facet is TERRITORY]
    return narrowing[0].values if narrowing else ()


def _attached_higher(request: SearchRequest) -> list[SearchRequest]:
    """What to ask along for the documents attached above the chosen territories and to none of them."""
    chosen = chosen_territories(request)
    higher = above(chosen)
    if not higher:
        return []
    others = replace(
        request,
        locked=tuple(held for held in request.locked if held.facet is not TERRITORY),
        filters=(*request.lifting(TERRITORY.name).filters, Filter(TERRITORY, chosen, higher)),
        without=Filter(TERRITORY, chosen),
    )
    return [others]


def _freed(request: SearchRequest, query: Query) -> list[Freed]:
    """What lifting each filter alone would give, most results first."""
    lifted = {held.facet.name: request.lifting(held.facet.name) for held in request.filters}
    if query.text and request.filters:
        lifted["q"] = replace(request, text={})
    totals = get_engine().totals(list(lifted.values()))
    freed = [Freed(name, total) for name, total in zip(lifted, totals, strict=True) if total]
    useful = sorted(freed, key=lambda one: -one.count)
    return useful[:_MOST_RELAXATIONS]
