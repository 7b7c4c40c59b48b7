"""A request in the server's terms. Each function has its like in ``embedded_query``: both mean the same."""

from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import Any

from elasticsearch.dsl import FacetedSearch, Search, TermsFacet
from elasticsearch.dsl.query import Bool, DisMax, MatchAll, MatchPhrase, Query, Range, Term, Terms

from ..facets import FACETS, Clock, Facet
from ..fields import AGE, DIRECT_TERRITORY, RECENCY, TEXT_FIELDS, title_key_fields
from .base import Alternative, Clause, Counts, Filter, SearchRequest, Sequel, Text
from .counting import ALL_VALUES, counted, counting
from .elastic_mapping import SHOWN, read_in

_TOGETHER = "together"


# --- The documents of a request ---------------------------------------------------------------------------------------


def text_query(text: Text) -> Query:
    """Documents that hold all that is asked, in one language; the one in which they match best counts."""
    return _best([_all([_clause(clause, language) for clause in clauses]) for language, clauses in text.items()])


def _clause(clause: Clause, language: str) -> Query:
    return _best([_weighted(alternative, language) for alternative in clause])


def _weighted(alternative: Alternative, language: str) -> Query:
    sequel, weight = alternative
    return _any([_in_field(field.in_language(language), sequel, field.weight * weight) for field in TEXT_FIELDS])


def _in_field(field: str, sequel: Sequel, weight: float) -> Query:
    if len(sequel) == 1:
        return Term(field, {"value": sequel[0], "boost": weight}, _expand__to_dot=False)
    return MatchPhrase(field, {"query": " ".join(sequel), "boost": weight}, _expand__to_dot=False)


def filter_query(wanted: Filter, now: int) -> Query:
    """Documents that have one of the values."""
    clock = [value for value in wanted.values if value in wanted.facet.clock_values]
    plain = [value for value in wanted.values if value not in clock]
    choices = [_clock_query(wanted.facet.clock, value, now) for value in clock]
    if plain or not choices:
        choices.append(_among(wanted.facet.name, plain))
    if wanted.wider:
        choices.append(_among(DIRECT_TERRITORY, wanted.wider))
    return _any(choices)


def _among(field: str, values: Iterable[str]) -> Query:
    return Terms(field, list(values), _expand__to_dot=False)


def _clock_query(clock: Clock, value: str, now: int) -> Query:
    bounds = [(field, {"lte" if is_over else "gt": now}) for field, is_over in clock.bounds(value)]
    return _all([Range(field, bound, _expand__to_dot=False) for field, bound in bounds])


def _best(queries: list[Query]) -> Query:
    """Any of them, and the score of the best alone."""
    return queries[0] if len(queries) == 1 else DisMax(queries=queries)


def _any(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Bool(should=queries, minimum_should_match=1)


def _all(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Bool(must=queries)


def _scope(request: SearchRequest) -> Query | None:
    """What every count is taken from: the words, and the filters that spare no facet."""
    parts: dict[str, list[Query]] = {
        "must": [text_query(request.text)] if request.text else [],
        "filter": [filter_query(held, request.now) for held in request.locked],
        "must_not": [filter_query(request.without, request.now)] if request.without else [],
    }
    asked = {name: queries for name, queries in parts.items() if queries}
    return Bool(**asked) if asked else None


def total(request: SearchRequest) -> dict[str, Any]:
    """The body that asks how many documents a request has."""
    search = Search().extra(size=0, track_total_hits=True)
    scope = _scope(request)
    search = search.query(scope) if scope else search
    for held in request.filters:
        search = search.filter(filter_query(held, request.now))
    return search.to_dict()


def order(request: SearchRequest) -> list[str | dict[str, str]]:
    """The order of a request; nothing is equal in all of it."""
    orders: dict[str, list[str | dict[str, str]]] = {
        "relevance": ["_score", {RECENCY: "desc"}],
        "newest": [{RECENCY: "desc"}],
        "oldest": [{AGE: "desc"}],
        "title": [*({key: "asc"} for key in title_key_fields(request.first_language)), {RECENCY: "desc"}],
    }
    first: list[str | dict[str, str]] = [{read_in(request.first_language): "desc"}] if request.first_language else []
    return first + orders[request.sort]


# --- The page of a request, with its counts ---------------------------------------------------------------------------


class ContentFacet(TermsFacet):
    """A facet of ours among those of ``FacetedSearch``, which hands it the filter that a reader chose."""

    def __init__(self, facet: Facet) -> None:
        super().__init__(field=facet.name, size=ALL_VALUES)

    def add_filter(self, filter_values: list[tuple[Filter, int]]) -> Query:
        [(held, now)] = filter_values
        return filter_query(held, now)


class ContentSearch(FacetedSearch):
    """Filters narrow the results after the counts: each facet is counted as if it had no filter of its own."""

    facets = {facet.name: ContentFacet(facet) for facet in FACETS}

    def __init__(self, request: SearchRequest) -> None:
        self._request = request
        filters = {held.facet.name: [(held, request.now)] for held in request.filters}
        super().__init__(_scope(request), filters, order(request))

    def query(self, search: Search, query: Query) -> Search:
        return search.query(query)

    def highlight(self, search: Search) -> Search:
        """Words are marked by our own analysis, on both engines alike."""
        return search

    def aggregate(self, search: Search) -> None:
        """Facets without a filter of their own are counted together."""
        together = [facet for facet in self._request.counted if facet.name not in self._filters]
        self._count(search, _TOGETHER, together, self._filters.values())
        for facet in self._request.counted:
            if facet.name in self._filters:
                others = [held for name, held in self._filters.items() if name != facet.name]
                self._count(search, facet.name, [facet], others)

    def _count(self, search: Search, name: str, facets: list[Facet], filters: Iterable[Query]) -> None:
        if facets:
            scope = reduce(and_, filters, MatchAll())
            search.aggs.bucket(name, {"filter": scope.to_dict(), "aggs": counting(facets, self._request.now)})

    def body(self) -> dict[str, Any]:
        """The body that asks for the page and its counts."""
        request = self._request
        page = self._s.extra(from_=request.start, size=request.size, track_total_hits=True).source([SHOWN])
        return page.to_dict()

    def counts(self, answer: dict[str, Any]) -> Counts:
        """The counts in what the server answers."""
        counts: Counts = {}
        for group in answer.values():
            counts |= counted({name: held for name, held in group.items() if name != "doc_count"})
        return counts
