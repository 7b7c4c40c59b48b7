"""The aggregations that count the values of facets: Elasticsearch's JSON, which tantivy takes as well."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from metropole.core.periods import PeriodState

from ..facets import LANGUAGE, STATUS, Facet
from ..fields import CLOSES, OPENS, RECENCY
from .base import Counts

# Above the number of values of any facet, so that no count is an estimate.
ALL_VALUES = 10_000
_CLOCK, _ALL, _LANGUAGES = _OWN = "*clock", "*all", "*languages"


class Share(NamedTuple):
    """How many documents there are, and how many of them are published in one language."""

    total: int
    published: int


def counting(facets: Iterable[Facet], now: int) -> dict[str, dict[str, Any]]:
    """The aggregations for some facets."""
    asked: dict[str, dict[str, Any]] = {
        facet.name: {"terms": {"field": facet.name, "size": ALL_VALUES}} for facet in facets
    }
    if STATUS.name in asked:
        asked[_CLOCK] = _halves(OPENS, now) | {"aggs": {CLOSES: _halves(CLOSES, now)}}
    return asked


def sharing() -> dict[str, dict[str, Any]]:
    """The aggregations for the languages in which documents are published, whatever facets are counted."""
    return {
        _ALL: {"value_count": {"field": RECENCY}},
        _LANGUAGES: {"terms": {"field": LANGUAGE.name, "size": ALL_VALUES}},
    }


def shared(answer: Mapping[str, Any], language: str) -> Share:
    """The share of a language in what an engine answers to ``sharing``."""
    published = {bucket["key"]: bucket["doc_count"] for bucket in answer[_LANGUAGES]["buckets"]}
    return Share(int(answer[_ALL]["value"]), published.get(language, 0))


def _halves(field: str, now: int) -> dict[str, Any]:
    return {"range": {"field": field, "ranges": [{"to": now + 1}, {"from": now + 1}]}}


def counted(answer: Mapping[str, Any]) -> Counts:
    """The counts in what an engine answers to ``counting``."""
    counts = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in held["buckets"]}
        for name, held in answer.items()
        if name not in _OWN
    }
    clock = answer.get(_CLOCK)
    if clock and clock["buckets"]:
        counts[STATUS.name] |= _clock_counts(clock["buckets"])
    return counts


def _clock_counts(opens: list[dict[str, Any]]) -> dict[str, int]:
    begun, upcoming = opens
    closed, still_open = begun[CLOSES]["buckets"]
    found = {
        PeriodState.UPCOMING.value: upcoming["doc_count"],
        PeriodState.OPEN.value: still_open["doc_count"],
        PeriodState.CLOSED.value: closed["doc_count"],
    }
    return {value: count for value, count in found.items() if count}
