import datetime
from dataclasses import replace
from itertools import chain

import pytest
from django.utils import translation

from metropole.search import registry
from metropole.search.documents import Version
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.services import PageBeyondLastError, facet_counts, search

from .conftest import ON_BOTH_ENGINES
from .samples import document

pytestmark = [ON_BOTH_ENGINES, pytest.mark.one_database]
DAY = datetime.date(2026, 1, 1)


def found(text="", preset=None, **values):
    """The numbers of the documents found, in order."""
    outcome = search(Query(text=text, **values), preset or Preset("/"))
    return [int(hit["id"].rpartition(":")[2]) for hit in outcome.result.hits]


def test_nothing_of_the_words_is_written_to_the_log(fill, caplog):
    caplog.set_level("DEBUG")
    fill(document(1, "Vélo"))
    found("motsecret")
    found("velo", selections={"tag": ("motsecret",)})
    assert "motsecret" not in caplog.text


def test_all_words_must_be_there_in_any_part_of_the_document(fill):
    fill(document(1, "Vélo", text="dans la ville"), document(2, "Vélo"), document(3, "Ville"))
    assert found("ville vélo") == [1]


def test_words_of_the_title_count_more_than_words_of_the_text(fill):
    fill(document(1, "Autre", text="Le vélo"), document(2, "Le vélo", text="Autre"))
    assert found("velo") == [2, 1]


def test_equal_scores_come_newest_first_whatever_the_order_of_indexing(fill, write):
    days = [5, 1, 9, 3, 7]
    fill(*(document(day, "Vélo", date=DAY.replace(day=day)) for day in days[:3]))
    write([document(day, "Vélo", date=DAY.replace(day=day)) for day in days[3:]])
    assert found("vélo") == [9, 7, 5, 3, 1]


def test_no_result_is_lost_or_repeated_from_page_to_page(fill, settings):
    settings.SEARCH_PAGE_SIZE = 7
    fill(*(document(number, "Vélo", date=DAY) for number in range(300)))
    for sort in ("relevance", "newest", "title"):
        pages = [found("vélo", sort=sort, page=page) for page in range(1, 44)]
        assert sorted(chain.from_iterable(pages)) == list(range(300))
        assert pages == [found("vélo", sort=sort, page=page) for page in range(1, 44)]


def test_each_order_puts_documents_without_a_date_last(fill):
    fill(document(1, "B", date=DAY), document(2, "Â"), document(3, "C", date=DAY.replace(year=2020)))
    assert found() == found(sort="newest") == [1, 3, 2]
    assert found(sort="oldest") == [3, 1, 2]
    assert found(sort="title") == [2, 1, 3]


def test_titles_are_sorted_as_in_a_dictionary_well_beyond_their_first_words(fill):
    start = "Appel à manifestation d'"
    fill(document(1, f"{start}intérêt"), document(2, f"{start}Énergie"), document(3, f"{start}eau"))
    assert found(sort="title") == [3, 2, 1]


def test_quoted_words_must_stand_together(fill):
    fill(document(1, text="espace public numérique"), document(2, text="un espace numérique public"))
    assert found('"espace public"') == found("«espace public»") == [1]
    assert sorted(found('espace public "')) == [1, 2]


@pytest.mark.parametrize(
    "text", ["vélo AND NOT", "title:vélo", "vélo*", "(vélo", "+vélo -ville", "vélo~2", "ville OR", "\\"]
)
def test_operators_are_plain_text(fill, text):
    fill(document(1, "Vélo en ville and not or title 2"))
    found(text)


def test_a_word_being_typed_is_completed(fill):
    fill(document(1, "Stationnement"), document(2, "Stade"), document(3, "Vélo"))
    assert sorted(found("vélo stationneme")) == []
    assert found("stationneme") == [1]
    assert found("vel") == [3]


def test_a_word_that_exists_is_not_completed(fill):
    fill(document(1, "Art"), document(2, "Article"))
    assert found("art") == [1]


def test_both_languages_are_found_from_either_interface(fill):
    fill(document(1, "Parkings for cities", language="en"), document(2, "Stationnements des villes"))
    assert found("parking city") == [1]
    assert found("the parkings for cities") == [1]
    assert found("stationnement ville") == [2]


def test_a_content_in_french_only_is_found_by_its_subjects_in_the_other_language(fill):
    keywords = {"fr": ("Mobilité", "Antony"), "en": ("Mobility", "Antony")}
    fill(document(1, "Stationnement", keywords=keywords), document(2, "Antony"))
    assert found("mobility antony") == found("mobilité antony") == found("stationnement antony") == [1]


def test_every_version_is_searched_and_each_in_its_own_language(fill):
    fill(document(1, "Stationnements", versions={"en": Version("Parkings for cities", "/en/1/", text="the car")}))
    assert found("city parking") == found("stationnement") == found("car") == [1]
    assert found("stationnement parking") == []
    assert [facet_counts("lang"), found(selections={"lang": ("en",)})] == [{"fr": 1, "en": 1}, [1]]


def test_a_document_that_matches_in_two_languages_does_not_score_twice(fill):
    twice = document(1, "Antony", versions={"en": Version("Antony", "/en/1/")}, date=DAY.replace(year=2020))
    fill(twice, document(2, "Antony", date=DAY), document(3, "Antony", language="en", date=DAY.replace(year=2019)))
    assert found("antony")[:2] != [1, 3]
    assert found('"antony"') == found("antony")


def test_what_is_in_the_readers_language_comes_first_whatever_the_order(fill):
    english = Version("Alpha vélo", "/en/1/")
    fill(
        document(1, "Zoé vélo", versions={"en": english}, date=DAY.replace(year=2020)),
        document(2, "Bravo", language="en", text="vélo", date=DAY.replace(year=2019)),
        document(3, "Vélo", date=DAY),
        document(4, "Charlie vélo", date=DAY.replace(year=2018)),
    )
    orders = {"newest": [1, 2, 3, 4], "oldest": [2, 1, 4, 3], "title": [1, 2, 4, 3]}
    with translation.override("en"):
        for sort, expected in orders.items():
            assert found(sort=sort) == expected, sort
        assert set(found("vélo")[:2]) == {1, 2}
    assert found(sort="title") == [4, 3, 1, 2]
    assert found("vélo")[-1] == 2


def test_a_stop_word_of_one_language_does_not_widen_a_search_in_the_other(fill):
    fill(document(1, "Electric car", language="en"), document(2, "Electric bike", language="en"))
    assert found("electric car") == [1]


def test_est_ensemble_is_not_all_that_is_called_ensemble(fill):
    fill(document(1, "Est Ensemble"), document(2, "Agir ensemble"))
    assert found("est ensemble") == [1]


def test_words_too_common_in_every_language_narrow_nothing(fill):
    fill(document(1), document(2))
    assert sorted(found("on a me")) == [1, 2]


@pytest.mark.django_db
def test_synonyms_find_each_other_without_a_new_index(fill):
    fill(
        document(1, "Déployer une GRU"),
        document(2, "Outil de relation usagers"),
        document(3, "Usagers et relation de voisinage"),
        document(4, "Vélo"),
    )
    assert found("gru") == [1]
    registry.register_synonyms(lambda: [["GRU", "GRC", "relation usagers"]])
    registry.synonyms_changed()
    assert sorted(found("gru")) == sorted(found("grc")) == [1, 2]
    assert sorted(found("relation aux usagers")) == [1, 2, 3]


@pytest.mark.django_db
def test_the_words_typed_come_before_their_synonyms(fill):
    registry.register_synonyms(lambda: [["GRU", "relation usagers"], ["vélo", "bicyclette"]])
    registry.synonyms_changed()
    others = [document(number, "Autre chose", text="relation usagers") for number in range(10, 20)]
    fill(
        *others,
        document(1, "Le GRU", date=DAY),
        document(2, "Relation usagers", date=DAY.replace(year=2020)),
        document(3, "Bicyclette", date=DAY),
        document(4, "Vélo", date=DAY.replace(year=2020)),
    )
    assert found("relation usagers")[0] == 2
    assert found("gru")[0] == 1
    assert found("vélo") == [4, 3]


def test_an_ept_gives_what_is_attached_to_its_communes(fill):
    fill(
        document(1, facets={"territory": ("montreuil",)}),
        document(2, facets={"territory": ("est-ensemble",)}),
        document(3, facets={"territory": ("malakoff",)}),
        document(4),
    )
    assert sorted(found(selections={"territory": ("est-ensemble",)})) == [1, 2]
    assert found(selections={"territory": ("montreuil",)}) == [1]
    assert sorted(found(selections={"territory": ("montreuil",)}, wider=True)) == [1, 2, 4]
    assert facet_counts("territory")["metropole"] == 4


def test_what_is_open_changes_with_the_hour_alone(fill, time_machine):
    noon = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
    fill(document(1, opens_at=noon, closes_at=noon.replace(hour=14)), document(2, closes_at=noon), document(3))
    for hour, upcoming, opened, closed in [
        (11, [1], [2], []),
        (12, [], [1], [2]),
        (13, [], [1], [2]),
        (14, [], [], [1, 2]),
    ]:
        time_machine.move_to(noon.replace(hour=hour), tick=False)
        answers = [sorted(found(selections={"status": (value,)})) for value in ("upcoming", "open", "closed")]
        assert answers == [upcoming, opened, closed], hour


def test_a_preset_holds_its_values_for_its_own_counts_too(fill):
    fill(document(1, type="call"), document(2, type="need"), document(3, type="practice"))
    preset = Preset("/", locked={"type": ("call", "need")})
    outcome = search(Query(selections={"type": ("call",)}), preset)
    assert outcome.result.total == 1
    assert outcome.result.counts["type"] == {"call": 1, "need": 1}


def test_a_page_beyond_the_last_does_not_exist(fill):
    fill(document(1))
    for page in (2, 700, 10**9):
        with pytest.raises(PageBeyondLastError):
            search(Query(page=page), Preset("/"))


def test_the_first_page_exists_even_without_results(fill):
    fill()
    assert found("introuvable") == []


def test_a_document_indexed_again_replaces_itself(fill, write):
    fill(document(1, "Vélo"))
    write([replace(document(1), title="Bus")])
    assert (found("vélo"), found("bus")) == ([], [1])
