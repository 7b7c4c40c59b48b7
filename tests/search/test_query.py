import string

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from metropole.search import registry
from metropole.search.facets import FACETS
from metropole.search.presets import Preset
from metropole.search.query import SORTS, Query, parse

NAMES = ["q", "wider", "sort", "page", "exact", "unknown", *(facet.name for facet in FACETS)]
ANYTHING = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        ["1", "0", "-1", "10" * 9, "9" * 5000, "\x00", "montreuil", "open", "\ud800", "x" * 10_000, "a " * 5000]
    ),
)


def parameters(pairs):
    held = QueryDict(mutable=True)
    for name, value in pairs:
        held.appendlist(name, value)
    return held


@given(st.lists(st.tuples(st.sampled_from(NAMES), ANYTHING), max_size=20))
def test_no_address_is_refused_and_the_canonical_one_reads_back_the_same(pairs):
    query = parse(parameters(pairs))
    assert len(query.text) <= 200
    assert len(query.text.split()) <= 12
    assert parse(QueryDict(query.url().removeprefix("?"))) == query


def test_parameters_come_in_one_order_whatever_the_order_given():
    given_one = "page=2&tag=b&lang=en&tag=a&sort=title&type=project&q=vélo&territory=pantin&wider=1&exact=1&nonsense=3"
    expected = (
        "/fr/recherche/?q=v%C3%A9lo&type=project&territory=pantin&wider=1&tag=a&tag=b&lang=en&sort=title&page=2&exact=1"
    )
    assert parse(QueryDict(given_one)).url("/fr/recherche/") == expected


@pytest.mark.parametrize(
    "address",
    [
        "type=nothing",
        "territory=atlantis",
        "year=20x6",
        "year=२०२६",
        "sort=random",
        "page=abc",
        "page=0",
        "page=-3",
        "ai=maybe",
    ],
)
def test_unknown_values_are_ignored(address):
    assert parse(QueryDict(address)).pairs() == []


def test_an_open_vocabulary_takes_values_that_it_does_not_name(monkeypatch):
    monkeypatch.setattr(registry, "_open", set())
    registry.register_vocabulary("tag", lambda language: [registry.Term("ombre", "Shade")], is_open=True)
    assert parse(QueryDict("tag=ombre&tag=autre&ai=maybe")).selections == {"tag": ("autre", "ombre")}
    registry.register_vocabulary("tag", lambda language: [registry.Term("ombre", "Shade")])
    assert parse(QueryDict("tag=ombre&tag=autre")).selections == {"tag": ("ombre",)}


def test_a_page_beyond_counting_is_still_a_page_number():
    assert parse(QueryDict("page=" + "9" * 4999)).page == 10**9


def test_control_characters_are_dropped_from_the_words():
    assert parse(QueryDict("q=v%00elo%0Apiste%07")).text == "v elo piste"


def test_a_long_text_is_cut_to_twelve_words():
    assert parse(parameters([("q", "mot " * 5000)])).text == "mot " * 11 + "mot"


def test_a_facet_chosen_twice_in_any_order_has_one_address():
    one, other = (Query().toggled("type", a).toggled("type", b) for a, b in [("call", "need"), ("need", "call")])
    assert one.url() == other.url() == "?type=call&type=need"


def test_changing_a_filter_goes_back_to_the_first_page():
    assert Query(page=4).toggled("type", "call").page == 1


def test_lifting_the_territory_lifts_what_is_wider_too():
    query = Query(selections={"territory": ("pantin",)}, wider=True)
    assert query.toggled("territory", "pantin").pairs() == []


def test_locked_values_are_not_the_readers_to_change():
    preset = Preset("/fr/catalogue/", locked={"type": ("project",), "status": ("planned", "running")})
    query = preset.restrict(parse(QueryDict("type=call&status=planned&status=open&tag=a")))
    assert query.url(preset.path) == "/fr/catalogue/?status=planned&tag=a"
    assert preset.unlocked(query).url() == "?type=project&status=planned&tag=a"


def test_the_usual_order_is_not_written_in_the_address():
    preset = Preset("/")
    assert preset.restrict(Query(sort="newest")).sort == ""
    assert preset.restrict(Query(text="a", sort="relevance")).sort == ""
    assert preset.restrict(Query(text="a", sort="newest")).sort == "newest"


def test_relevance_is_no_order_without_words():
    assert {sort: parse(QueryDict(f"sort={sort}")).sort for sort in SORTS}["relevance"] == ""


@given(st.text(string.printable, max_size=50))
def test_the_address_survives_any_words(text):
    query = parse(parameters([("q", text)]))
    assert parse(QueryDict(query.url().removeprefix("?"))).text == query.text
