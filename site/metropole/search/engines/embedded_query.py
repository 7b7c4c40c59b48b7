"""A request in tantivy's terms."""

import tantivy
from tantivy import Occur, Query

from metropole.core.periods import PeriodState

from ..facets import CLOCK_VALUES
from ..fields import CLOSES, DIRECT_TERRITORY, OPENS, TEXT_FIELDS
from .base import Clause, Filter, SearchRequest, Sequel, Text
from .embedded_schema import schema


def compiled(request: SearchRequest) -> Query:
    """The documents of a request."""
    wanted = [(Occur.Must, text_query(request.text))] if request.text else []
    wanted += [(Occur.Must, filter_query(held, request.now)) for held in (*request.locked, *request.filters)]
    if request.without:
        wanted.append((Occur.MustNot, filter_query(request.without, request.now)))
        wanted = wanted if len(wanted) > 1 else [(Occur.Must, Query.all_query()), *wanted]
    if not wanted:
        return Query.all_query()
    return wanted[0][1] if len(wanted) == 1 else Query.boolean_query(wanted)


def text_query(text: Text) -> Query:
    """Documents that hold all that is asked, in their own language."""
    return _any([_all([_clause(clause, language) for clause in clauses]) for language, clauses in text.items()])


def _clause(clause: Clause, language: str) -> Query:
    return _any([_weighted(sequel, language) for sequel in clause])


def _weighted(sequel: Sequel, language: str) -> Query:
    return _any(
        [Query.boost_query(_in_field(field.in_language(language), sequel), field.weight) for field in TEXT_FIELDS]
    )


def _in_field(field: str, sequel: Sequel) -> Query:
    if len(sequel) == 1:
        return Query.term_query(schema(), field, sequel[0])
    return Query.phrase_query(schema(), field, list(sequel))


def filter_query(wanted: Filter, now: int) -> Query:
    """Documents that have one of the values. It adds the same to every score, and so changes no order."""
    clock = [value for value in wanted.values if wanted.facet.is_clock and value in CLOCK_VALUES]
    plain = [value for value in wanted.values if value not in clock]
    choices = [_clock_query(value, now) for value in clock]
    if plain or not choices:
        choices.append(Query.term_set_query(schema(), wanted.facet.name, plain))
    if wanted.wider:
        choices.append(Query.term_set_query(schema(), DIRECT_TERRITORY, list(wanted.wider)))
    return Query.const_score_query(_any(choices), 0.0)


def _clock_query(value: str, now: int) -> Query:
    after = {"lower_bound": now, "include_lower": False}
    until = {"upper_bound": now}
    bounds = {
        PeriodState.UPCOMING: [(OPENS, after)],
        PeriodState.OPEN: [(OPENS, until), (CLOSES, after)],
        PeriodState.CLOSED: [(OPENS, until), (CLOSES, until)],
    }
    integer = tantivy.FieldType.Integer
    return _all([Query.range_query(schema(), field, integer, **bound) for field, bound in bounds[value]])


def _any(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
