"""The aggregations that count the values of facets: Elasticsearch's JSON, which tantivy takes as well."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..facets import FACETS_BY_NAME, LANGUAGE, Clock, Facet
from ..fields import RECENCY
from .base import Counts

# Above the number of values of any facet, so that no count is an estimate.
ALL_VALUES = 10_000
_CLOCK, _ALL, _LANGUAGES = "*clock_", "*all", "*languages"


class Share(NamedTuple):
    """How many documents there are, and how many of them are published in one language."""

    total: int
    published: int


def counting(facets: Collection[Facet], now: int) -> dict[str, dict[str, Any]]:
    """The aggregations for some facets."""
    asked: dict[str, dict[str, Any]] = {
        facet.name: {"terms": {"field": facet.name, "size": ALL_VALUES}} for facet in facets
    }
    return asked | {f"{_CLOCK}{facet.name}": _stages(facet.clock.instants, now) for facet in facets if facet.clock}


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


def _stages(instants: Sequence[str], now: int) -> dict[str, Any]:
    """Documents by whether the first instant is over, and those by whether the next is."""
    first, *others = instants
    halves = {"range": {"field": first, "ranges": [{"to": now + 1}, {"from": now + 1}]}}
    return halves | ({"aggs": {others[0]: _stages(others, now)}} if others else {})


def counted(answer: Mapping[str, Any]) -> Counts:
    """The counts in what an engine answers to ``counting``."""
    counts = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in held["buckets"]}
        for name, held in answer.items()
        if name not in (_ALL, _LANGUAGES) and not name.startswith(_CLOCK)
    }
    for name in counts:
        if f"{_CLOCK}{name}" in answer:
            counts[name] |= _clock_counts(FACETS_BY_NAME[name].clock, answer[f"{_CLOCK}{name}"]["buckets"])
    return counts


def _clock_counts(clock: Clock, buckets: Sequence[dict[str, Any]]) -> dict[str, int]:
    found = zip(clock.values, _stage_counts(clock.instants, buckets), strict=False)
    return {value: count for value, count in found if count}


def _stage_counts(instants: Sequence[str], buckets: Sequence[dict[str, Any]]) -> Iterator[int]:
    """How many documents are before the first instant, between each two, after the last; nothing where none has any."""
    if not buckets:
        return
    over, to_come = buckets
    yield to_come["doc_count"]
    if len(instants) > 1:
        yield from _stage_counts(instants[1:], over[instants[1]]["buckets"])
    else:
        yield over["doc_count"]
