import datetime

import pytest
from django.utils import translation

from metropole.search import registry
from metropole.search.documents import Version
from metropole.search.present import present
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.services import search

from .samples import NOW, document

PATH = "/fr/recherche/"


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


def listed(text="", preset=None, **values):
    return present(search(Query(text=text, **values), preset or Preset(PATH)))


def facet(listing, name):
    return next(facet for facet in listing.facets if facet.name == name)


def shown(values):
    return {value.value: value.count for value in values}


def test_the_title_says_the_words_the_number_and_the_place(fill):
    fill(document(1, "Vélo"), document(2, "Vélo"))
    heading = listed("vélo", Preset(PATH, heading="Ressources")).heading
    assert "vélo" in heading
    assert "2" in heading
    assert "Ressources" in heading


def test_first_values_are_the_most_frequent_and_the_others_wait_behind(fill):
    fill(
        *(
            document(number * 10 + copy, facets={"tag": (f"t{number}",)})
            for number in range(12)
            for copy in range(number)
        )
    )
    tags = facet(listed(), "tag")
    assert [value.value for value in tags.values] == ["t11", "t10", "t9", "t8", "t7", "t6", "t5", "t4"]
    assert [value.value for value in tags.more] == ["t3", "t2", "t1"]


def test_a_chosen_value_is_always_in_sight(fill):
    fill(
        *(
            document(number * 10 + copy, facets={"tag": (f"t{number}",)})
            for number in range(12)
            for copy in range(number)
        )
    )
    tags = facet(listed(selections={"tag": ("t1",)}), "tag")
    assert [value.value for value in tags.values][-1] == "t1"
    assert tags.selected_count == 1


def test_a_chosen_value_without_results_stays_and_others_go(fill):
    fill(document(1, type="call"))
    types = facet(listed(selections={"type": ("need",)}), "type")
    assert shown(types.values) == {"call": 1, "need": 0}


def test_the_single_root_of_a_tree_gives_way_to_what_is_below_it(fill):
    fill(document(1, facets={"territory": ("montreuil",)}), document(2, facets={"territory": ("paris",)}))
    territories = facet(listed(selections={"territory": ("montreuil",)}), "territory")
    paris, ept = territories.values
    assert shown([paris, ept]) == {"paris": 1, "est-ensemble": 1}
    assert (ept.selected, ept.partially_selected) == (False, True)
    assert shown(ept.children) == {"montreuil": 1}
    assert ept.children[0].selected


def test_following_a_value_leads_to_the_number_it_announces(fill):
    fill(
        *(
            document(n, "Vélo", type=("call", "need")[n % 2], facets={"theme": ("velo",)} if n % 3 else {})
            for n in range(9)
        )
    )
    listing = listed("vélo", selections={"type": ("call",)})
    assert facet(listing, "theme").values[0].url == f"{PATH}?q=v%C3%A9lo&type=call&theme=mobilite"
    chosen = listed("vélo", selections={"type": ("call",), "theme": ("mobilite",)})
    assert chosen.total == facet(listing, "theme").values[0].count


def test_chips_take_one_filter_away_each(fill):
    fill(document(1))
    listing = listed(selections={"theme": ("velo",), "type": ("call", "need")}, sort="title")
    assert [(str(chip.facet_label) != "", chip.label, chip.url) for chip in listing.chips] == [
        (True, "Appel", f"{PATH}?type=need&theme=velo&sort=title"),
        (True, "Besoin", f"{PATH}?type=call&theme=velo&sort=title"),
        (True, "Vélo", f"{PATH}?type=call&type=need&sort=title"),
    ]


def test_without_results_the_filters_to_lift_are_named_with_what_they_free(fill):
    fill(
        document(1, "Vélo", type="call"),
        document(2, "Vélo", type="call", facets={"theme": ("energie",)}),
        document(3, type="need"),
    )
    listing = listed("vélo", selections={"type": ("need",), "ai": ("yes",), "theme": ("energie",)})
    assert listing.relaxations == []
    listing = listed("vélo", selections={"type": ("need",)})
    assert [(relaxation.count, relaxation.url) for relaxation in listing.relaxations] == [
        (2, f"{PATH}?q=v%C3%A9lo"),
        (1, f"{PATH}?type=need"),
    ]


def test_what_holds_higher_up_is_offered_with_its_number(fill):
    fill(
        document(1, facets={"territory": ("montreuil",)}),
        document(2, facets={"territory": ("est-ensemble",)}),
        document(3),
        document(4, facets={"territory": ("metropole", "montreuil")}),
        document(5, facets={"territory": ("pantin",)}),
    )
    offered = listed(selections={"territory": ("montreuil",)})
    assert offered.total == 2
    assert (offered.wider.count, offered.wider.included) == (2, False)
    assert "Est Ensemble (T8)" in offered.wider.places
    assert offered.wider.url == f"{PATH}?territory=montreuil&wider=1"
    included = listed(selections={"territory": ("montreuil",)}, wider=True)
    assert included.total == 4
    assert (included.wider.count, included.wider.included) == (2, True)
    assert {hit.id[-1] for hit in included.hits if hit.wider} == {"2", "3"}
    assert all(hit.wider_label for hit in included.hits if hit.wider)


def test_a_territory_page_offers_what_holds_higher_up_too(fill):
    fill(document(1, facets={"territory": ("montreuil",)}), document(2))
    preset = Preset("/fr/territoires/montreuil/", locked={"territory": ("montreuil",)})
    listing = listed(preset=preset)
    assert (listing.total, listing.wider.count) == (1, 1)
    assert listing.wider.url == "/fr/territoires/montreuil/?wider=1"
    assert listed(preset=preset, wider=True).total == 2


def test_the_whole_metropole_has_nothing_above(fill):
    fill(document(1))
    assert listed(selections={"territory": ("metropole",)}).wider is None


def test_a_preset_hides_what_it_locks_and_its_links_say_it_outright(fill):
    fill(document(1, type="call"), document(2, type="need"), document(3, type="practice"))
    preset = Preset(
        "/fr/jadopte/", locked={"type": ("call", "need"), "lang": ("fr",)}, hidden_facets=frozenset({"year"})
    )
    listing = listed(preset=preset)
    assert listing.total == 2
    assert {facet.name for facet in listing.facets} & {"lang", "year"} == set()
    assert shown(facet(listing, "type").values) == {"call": 1, "need": 1}
    assert listing.chips == []
    assert "type=call&type=need&lang=fr" in listing.export_url
    assert "type=call&type=need&lang=fr" in listing.feed_url


def test_a_correction_is_said_with_a_way_back(fill):
    fill(document(1, "Chatbot"))
    correction = listed("chatbto").correction
    assert (correction.original, correction.corrected) == ("chatbto", "chatbot")
    assert correction.original_url == f"{PATH}?q=chatbto&exact=1"
    assert listed("chatbto", exact=True).correction is None
    assert listed("chatbot").correction is None


def test_pages_are_linked_with_gaps(fill, settings):
    settings.SEARCH_PAGE_SIZE = 2
    fill(*map(document, range(41)))
    pagination = listed(page=10).pagination
    numbers = [link and link.number for link in pagination.pages]
    assert numbers == [1, None, 8, 9, 10, 11, 12, None, 21]
    assert (pagination.start_index, pagination.end_index) == (19, 20)
    assert pagination.previous_url == f"{PATH}?page=9"
    assert listed().pagination.previous_url == ""
    assert listed(page=21).pagination.next_url == ""


@pytest.mark.django_db
def test_values_of_an_open_vocabulary_have_its_label_or_are_their_own(fill, monkeypatch):
    monkeypatch.setattr(registry, "_open", set())
    labels = {"fr": "Ombre", "en": "Shade"}
    registry.register_vocabulary("tag", lambda language: [registry.Term("ombre", labels[language])], is_open=True)
    fill(document(1, facets={"tag": ("ombre", "canicule")}))
    for language, expected in labels.items():
        with translation.override(language):
            listing = listed(selections={"tag": ("canicule", "ombre")})
        assert [value.label for value in facet(listing, "tag").values] == [expected, "canicule"]
        assert [chip.label for chip in listing.chips] == ["canicule", expected]


@pytest.mark.django_db
def test_a_result_is_shown_in_the_readers_language_or_says_that_it_is_not(fill):
    version = Version("The bike", "/en/content-1/", "Where a bike goes.", "…")
    fill(document(1, "Le vélo", summary="Où va un vélo.", versions={"en": version}), document(2, "Vélo et bike"))
    with translation.override("en"):
        shown, other = listed("bike").hits
    assert (shown.title, shown.url, shown.language, shown.language_label) == (version.title, version.url, "en", "")
    assert shown.title_html == "The <mark>bike</mark>"
    assert shown.summary_html == "Where a <mark>bike</mark> goes."
    assert (other.title, other.language, other.language_label) == ("Vélo et bike", "fr", "In French")
    assert {hit.language for hit in listed("bike").hits} == {"fr"}


@pytest.mark.django_db
def test_a_page_says_which_language_comes_first_only_where_another_follows(fill, settings):
    settings.SEARCH_PAGE_SIZE = 2
    fill(*map(document, range(3)), document(3, language="en"), document(4, language="en"))
    assert [listed(page=page).first_language for page in (1, 2, 3)] == ["", "français", ""]
    with translation.override("en"):
        assert [listed(page=page).first_language for page in (1, 2, 3)] == ["", "", ""]
        assert listed(page=1, selections={"year": ("2020",)}).first_language == ""
    fill(document(1), document(2, language="en"))
    with translation.override("en"):
        assert listed().first_language == "English"


def test_orders_are_offered_with_relevance_only_for_words(fill):
    fill(document(1, "Vélo"))
    assert [option.value for option in listed().sort_options] == ["newest", "oldest", "title"]
    options = {option.value: option for option in listed("vélo").sort_options}
    assert options["relevance"].selected
    assert options["relevance"].url == f"{PATH}?q=v%C3%A9lo"


def test_a_result_says_its_state_at_this_instant(fill, at_noon):
    soon = NOW + datetime.timedelta(days=1)
    fill(
        document(1, opens_at=NOW, closes_at=soon, facets={"status": ("planned",)}),
        document(2, facets={"status": ("running",)}),
        document(3, closes_at=NOW),
        document(4),
    )
    states = {hit.id[-1]: (hit.status, hit.status_label, hit.closes_at) for hit in listed().hits}
    assert states["1"] == ("open", "Ouvert", soon)
    assert states["2"] == ("running", "En cours", None)
    assert states["3"] == ("closed", "Clos", None)
    assert states["4"] == ("", "", None)


def test_the_whole_metropole_is_not_named_as_a_place(fill):
    fill(document(1), document(2, facets={"territory": ("montreuil", "inconnu")}))
    places = {hit.id[-1]: [label.label for label in hit.territories] for hit in listed().hits}
    assert places == {"1": [], "2": ["Montreuil", "inconnu"]}


def test_the_form_keeps_what_it_shows_no_control_for(fill):
    fill(document(1))
    listing = listed("vélo", selections={"territory": ("montreuil",)}, wider=True, exact=True, sort="title")
    assert listing.hidden_inputs == [("wider", "1"), ("exact", "1")]
