"""A request in tantivy's terms."""

import tantivy
from tantivy import Occur, Query

from ..facets import LANGUAGE, Clock
from ..fields import DIRECT_TERRITORY, TEXT_FIELDS
from .base import Alternative, Clause, Filter, SearchRequest, Sequel, Text
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


def in_first_language(request: SearchRequest) -> Query:
    """Of the documents of a request, those that are published in the language that comes first."""
    return Query.boolean_query([(Occur.Must, compiled(request)), (Occur.Must, _published_in(request.first_language))])


def not_in_first_language(request: SearchRequest) -> Query:
    """The others."""
    published = _published_in(request.first_language)
    return Query.boolean_query([(Occur.Must, compiled(request)), (Occur.MustNot, published)])


def _published_in(language: str) -> Query:
    return Query.const_score_query(Query.term_query(schema(), LANGUAGE.name, language), 0.0)


def text_query(text: Text) -> Query:
    """Documents that hold all that is asked, in one language; the one in which they match best counts."""
    return _best([_all([_clause(clause, language) for clause in clauses]) for language, clauses in text.items()])


def _clause(clause: Clause, language: str) -> Query:
    return _best([_weighted(alternative, language) for alternative in clause])


def _weighted(alternative: Alternative, language: str) -> Query:
    sequel, weight = alternative
    fields = [(field.in_language(language), field.weight * weight) for field in TEXT_FIELDS]
    return _any([Query.boost_query(_in_field(field, sequel), counts) for field, counts in fields])


def _in_field(field: str, sequel: Sequel) -> Query:
    if len(sequel) == 1:
        return Query.term_query(schema(), field, sequel[0])
    return Query.phrase_query(schema(), field, list(sequel))


def filter_query(wanted: Filter, now: int) -> Query:
    """Documents that have one of the values. It adds the same to every score, and so changes no order."""
    clock = [value for value in wanted.values if value in wanted.facet.clock_values]
    plain = [value for value in wanted.values if value not in clock]
    choices = [_clock_query(wanted.facet.clock, value, now) for value in clock]
    if plain or not choices:
        choices.append(Query.term_set_query(schema(), wanted.facet.name, plain))
    if wanted.wider:
        choices.append(Query.term_set_query(schema(), DIRECT_TERRITORY, list(wanted.wider)))
    return Query.const_score_query(_any(choices), 0.0)


def _clock_query(clock: Clock, value: str, now: int) -> Query:
    over, to_come = {"upper_bound": now}, {"lower_bound": now, "include_lower": False}
    bounds = [(field, over if is_over else to_come) for field, is_over in clock.bounds(value)]
    integer = tantivy.FieldType.Integer
    return _all([Query.range_query(schema(), field, integer, **bound) for field, bound in bounds])


def _best(queries: list[Query]) -> Query:
    """Any of them, and the score of the best alone."""
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries)


def _any(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
