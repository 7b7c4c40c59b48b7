"""Hit sets, their order and facet counts against what reading every document gives."""

import datetime
import random

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metropole.search.documents import Version
from metropole.search.facets import FACETS
from metropole.search.presets import Preset
from metropole.search.query import NEWEST, OLDEST, TITLE, Query
from metropole.search.services import PageBeyondLastError, search

from .conftest import ON_BOTH_ENGINES
from .samples import ENUMERATED, NOW, OF_SOLUTIONS, TERRITORIES, THEMES, Expected, document

pytestmark = [ON_BOTH_ENGINES, pytest.mark.one_database]

WORDS = ["vélo", "énergie", "stationnement", "ville", "the", "parking", "car", "des", "données"]
HOUR = datetime.timedelta(hours=1)
INSTANTS = [None, NOW - HOUR, NOW, NOW + HOUR]

some_words = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
choices = {
    "territory": [term.value for term in TERRITORIES],
    "theme": [term.value for term in THEMES],
    "type": list(ENUMERATED["type"]),
    "status": list(ENUMERATED["status"]),
    "ai": ["yes", "no"],
    "tag": ["a", "b"],
    "year": ["2024", "2025"],
    "lang": ["fr", "en"],
    "deployed": [term.value for term in TERRITORIES],
    **{name: list(ENUMERATED[name]) for name in OF_SOLUTIONS if name in ENUMERATED},
}
SEVERAL = ("technique", "price", "deployed")
"""Facets of which a solution may have many values."""


versions = st.builds(Version, some_words, st.just("/"), some_words, some_words)


@st.composite
def documents(draw):
    values = {
        name: tuple(draw(st.lists(st.sampled_from(choices[name]), max_size=2))) for name in ("territory", "theme")
    }
    values["status"] = tuple(draw(st.lists(st.sampled_from(["planned", "running"]), max_size=1)))
    values |= {name: tuple(draw(st.lists(st.sampled_from(choices[name]), max_size=1))) for name in ("ai", "tag")}
    kind = draw(st.sampled_from(choices["type"]))
    for name in set(OF_SOLUTIONS) - {"fresh"} if kind == "solution" else ():
        values[name] = tuple(draw(st.lists(st.sampled_from(choices[name]), max_size=2 if name in SEVERAL else 1)))
    language, other = draw(st.permutations(choices["lang"]))
    return document(
        draw(st.integers(1, 10**6)),
        draw(some_words) or "titre",
        type=kind,
        language=language,
        fresh_until=draw(st.sampled_from(INSTANTS)) if kind == "solution" else None,
        versions=draw(st.one_of(st.just({}), st.fixed_dictionaries({other: versions}))),
        keywords=draw(st.dictionaries(st.sampled_from(choices["lang"]), st.tuples(some_words), max_size=2)),
        summary=draw(some_words),
        text=draw(some_words),
        date=draw(st.sampled_from([None, datetime.date(2024, 5, 1), datetime.date(2025, 1, 1)])),
        opens_at=draw(st.sampled_from(INSTANTS[:3])),
        closes_at=draw(st.sampled_from(INSTANTS)),
        facets=values,
    )


@st.composite
def queries(draw):
    # A single kind of words at a time: stop words of one language alone ask nothing of it, and are tested apart.
    text = draw(st.sampled_from(["", "velo", "énergies", "stationnement ville", '"ville énergie"', "parkings données"]))
    chosen = draw(st.dictionaries(st.sampled_from(sorted(choices)), st.integers(0, 10**6), max_size=4))
    query = Query(text=text, exact=True, wider=draw(st.booleans()))
    for name, seed in chosen.items():
        query = query.with_values(
            name, random.Random(seed).sample(choices[name], min(len(choices[name]), 1 + seed % 2))
        )
    return query


def answered(query, size=100):
    return search(query, Preset("/"), size=size)


def assert_right(documents_given, query):
    expected = Expected(documents_given)
    outcome = answered(query, size=len(documents_given) + 1)
    assert {hit["id"] for hit in outcome.result.hits} == expected.hits(query)
    assert outcome.result.total == len(expected.hits(query))
    chosen = query.selected("type") == ("solution",)
    counted = [facet for facet in FACETS if not facet.only_of or chosen or query.selected(facet.name)]
    assert set(outcome.result.counts) == {facet.name for facet in counted}
    for facet in counted:
        assert outcome.result.counts[facet.name] == expected.counts(facet.name, query), facet.name


@pytest.mark.usefixtures("at_noon")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(documents(), max_size=12, unique_by=lambda one: one.id), st.lists(queries(), min_size=1, max_size=8))
def test_any_search_gives_the_documents_and_counts_that_reading_them_all_gives(fill, corpus, asked):
    fill(*corpus)
    for query in asked:
        if not has_completion(query, corpus):
            assert_right(corpus, query)


def has_completion(query, corpus):
    """Whether the last word is in no document, and so is read as the beginning of one."""
    last = query.text.split(" ")[-1]
    return bool(last) and not last.endswith('"') and not Expected(corpus).hits(Query(text=last))


@pytest.mark.usefixtures("at_noon")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(documents(), max_size=12, unique_by=lambda one: one.id),
    st.sampled_from(["", "vélo"]),
    st.sampled_from([{}, {"lang": ("en",)}]),
    st.sampled_from(choices["lang"]),
    st.integers(2, 5),
)
def test_pages_end_to_end_are_what_the_reader_can_read_then_the_others(fill, corpus, text, chosen, language, size):
    fill(*corpus)
    for sort in (NEWEST, OLDEST, TITLE):
        query = Query(text=text, sort=sort, selections=chosen, exact=True)
        with translation.override(language):
            assert list(all_pages(query, size)) == Expected(corpus).order(query, language)


def all_pages(query, size):
    for page in range(1, 20):
        try:
            outcome = answered(query.at_page(page), size)
        except PageBeyondLastError:
            return
        yield from (hit["id"] for hit in outcome.result.hits)


@pytest.mark.usefixtures("at_noon")
def test_counts_on_ten_thousand_documents_are_exact(fill):
    draw = random.Random(2026)
    corpus = [random_document(draw, number) for number in range(10_000)]
    fill(*corpus)
    for query in (
        Query(),
        Query(text="vélo"),
        Query(text="stationnement énergie", selections={"territory": ("est-ensemble",)}),
        Query(selections={"territory": ("montreuil", "paris"), "theme": ("mobilite",), "status": ("open", "running")}),
        Query(text='"énergie ville"', selections={"type": ("call", "need"), "year": ("2025",)}, wider=True),
        Query(selections={"territory": ("pantin",), "status": ("upcoming", "closed")}, wider=True),
        Query(selections={"type": ("solution",)}),
        Query(text="ville", selections={"type": ("solution",), "deployed": ("est-ensemble",), "fresh": ("yes",)}),
        Query(
            selections={"type": ("solution",), "fresh": ("no",), "technique": ("vision",), "confirmed": ("commune",)}
        ),
    ):
        assert_right(corpus, query)


def random_document(draw, number):
    text, language = " ".join(draw.choices(WORDS, k=12)), draw.choice(["fr", "en"])
    other = {"fr": "en", "en": "fr"}[language]
    values = {name: tuple(draw.sample(choices[name], draw.randrange(3))) for name in ("territory", "theme", "tag")}
    values["status"] = tuple(draw.sample(["planned", "running"], draw.randrange(2)))
    kind = draw.choice(choices["type"])
    for name in sorted(set(OF_SOLUTIONS) - {"fresh"}) if kind == "solution" else ():
        values[name] = tuple(draw.sample(choices[name], draw.randrange(2)))
    return document(
        number,
        text[:20],
        type=kind,
        fresh_until=draw.choice(INSTANTS) if kind == "solution" else None,
        language=language,
        versions={other: Version(text[-20:], "/", text=text)} if number % 3 else {},
        text=text,
        date=draw.choice([None, datetime.date(2024, 5, 1), datetime.date(2025, 1, 1)]),
        opens_at=draw.choice(INSTANTS[:3]),
        closes_at=draw.choice(INSTANTS),
        facets=values,
    )
