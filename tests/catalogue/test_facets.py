"""What the search knows of solutions, from their sheets to the page and the API."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from catalogue.deployments.services import draw_up
from catalogue.deployments.statements import Said, Source
from catalogue.models import EvaluationPage, SolutionPage
from catalogue.price_bands import price_bands
from catalogue.sheet.freshness import fresh_until
from metropole.search.services import facet_counts
from tests.factories import CommuneFactory, EptFactory, OrganisationFactory, ProjectPageFactory, SolutionPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OF_SOLUTIONS = {"kind", "technique", "ai_act", "hosting", "licence", "price", "fresh"}
"""Those that the two sheets of these tests have values for."""


def row(lowest, highest=""):
    return {"stratum": "under_10k", "lowest": lowest, "highest": highest, "note": ""}


@pytest.mark.parametrize(
    ("model", "rows", "bands"),
    [
        ("", [], ()),
        ("free", [], ("free",)),
        ("", [row("0")], ("free",)),
        ("", [row("0", "4999.99")], ("free", "under_5k")),
        ("", [row("4999")], ("under_5k",)),
        ("", [row("5000")], ("from_5k",)),
        ("", [row("24999.5")], ("from_5k",)),
        ("", [row("25000", "25000")], ("from_25k",)),
        ("", [row("1000", "100000")], ("under_5k", "from_5k", "from_25k", "from_100k")),
        ("", [row("1000"), row("250000")], ("under_5k", "from_100k")),
        ("", [row("beaucoup"), {}], ()),
    ],
)
def test_a_price_is_in_every_band_that_it_touches(model, rows, bands):
    assert price_bands(model, rows) == bands


def test_solutions_are_counted_by_what_their_sheets_say(counting, loops, rebuild_index):
    rebuild_index()
    assert facet_counts("kind") == {"ai": 1, "software": 1}
    assert facet_counts("technique") == {"vision": 1, "deep_learning": 1}
    assert facet_counts("ai_act") == {"transparency": 1}
    assert facet_counts("hosting") == {"eu": 1, "france": 1}
    assert facet_counts("licence") == {"proprietary": 1, "open": 1}
    assert facet_counts("price") == {"under_5k": 1, "from_5k": 1, "free": 1}
    assert facet_counts("fresh") == {"yes": 2}


def test_a_sheet_is_confirmed_until_what_was_confirmed_changes(
    counting, loops, rebuild_index, confirm, django_capture_on_commit_callbacks
):
    rebuild_index()
    assert facet_counts("confirmed") == {}
    with django_capture_on_commit_callbacks(execute=True):
        corroboration = confirm(counting, "hosting_place")
    assert facet_counts("confirmed") == {"commune": 1}
    with django_capture_on_commit_callbacks(execute=True):
        say(counting, "Italie")
    assert facet_counts("confirmed") == {}
    with django_capture_on_commit_callbacks(execute=True):
        say(counting, "Allemagne")
    assert facet_counts("confirmed") == {"commune": 1}
    with django_capture_on_commit_callbacks(execute=True):
        corroboration.delete()
    assert facet_counts("confirmed") == {}


def say(page, place):
    page = SolutionPage.objects.get(pk=page.pk)
    page.hosting_place = place
    page.save_revision().publish()


def test_a_sheet_stops_being_up_to_date_when_the_hour_comes_and_no_job_runs(counting, rebuild_index):
    rebuild_index()
    counting.refresh_from_db()
    ends = fresh_until(counting)
    with time_machine.travel(ends - dt.timedelta(seconds=1), tick=False):
        assert facet_counts("fresh") == {"yes": 1}
    with time_machine.travel(ends, tick=False):
        assert facet_counts("fresh") == {"no": 1}


def test_a_solution_is_found_where_it_is_used_and_by_an_independent_evaluation(
    counting, loops, rebuild_index, django_capture_on_commit_callbacks
):
    ept = EptFactory()
    here, gone = (OrganisationFactory(commune=True, territory=CommuneFactory(parent=ept)) for _ in range(2))
    rebuild_index()
    assert (facet_counts("deployed"), facet_counts("evaluation")) == ({}, {})
    with django_capture_on_commit_callbacks(execute=True):
        draw_up(counting, here, Said("test"), SOURCE, None)
        draw_up(loops, gone, Said("stopped"), SOURCE, None)
        publish_evaluation(loops, "publisher")
    assert facet_counts("evaluation") == {}
    above = {"metropole", ept.slug} & facet_counts("deployed").keys()
    assert facet_counts("deployed") == {here.territory.slug: 1} | dict.fromkeys(above, 1)
    assert ept.slug in above
    with django_capture_on_commit_callbacks(execute=True):
        publish_evaluation(loops, "independent")
    assert facet_counts("evaluation") == {"independent": 1}


SOURCE = Source("Délibération", "https://example.org/deliberation")


def publish_evaluation(page, independence):
    page = SolutionPage.objects.get(pk=page.pk)
    evaluation = EvaluationPage(
        title=f"Mesure {independence}", summary="…", solution=page, independence=independence, outcome="none"
    )
    page.add_child(instance=evaluation)
    evaluation.save_revision().publish()


@pytest.mark.parametrize("path", ["/fr/catalogue/", "/fr/recherche/?type=solution"])
def test_filters_of_solutions_stand_where_solutions_are_listed_alone(client, counting, loops, rebuild_index, path):
    ProjectPageFactory()
    rebuild_index()
    page = client.get(path).content.decode()
    assert all(f'name="{name}"' in page for name in OF_SOLUTIONS)
    assert 'id="rarer-filters" class="more">' in page


def test_the_search_of_all_things_has_none_of_them_unless_one_is_chosen(client, counting, loops, rebuild_index):
    ProjectPageFactory()
    rebuild_index()
    page = client.get("/fr/recherche/").content.decode()
    assert not any(f'name="{name}"' in page for name in OF_SOLUTIONS)
    page = client.get("/fr/recherche/?hosting=eu").content.decode()
    assert counting.title in page
    assert loops.title not in page
    assert 'name="hosting"' in page
    assert 'name="price"' not in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_value_has_a_name(client, counting, loops, rebuild_index, language):
    rebuild_index()
    answer = client.get(f"/api/v1/search?type=solution&lang_ui={language}").json()
    values = [value for name in OF_SOLUTIONS for value in answer["facets"][name]]
    assert len(values) == 13
    assert all(value["label"] != value["value"] for value in values)


def test_a_rare_filter_that_is_chosen_is_in_sight(client, counting, loops, rebuild_index):
    rebuild_index()
    page = client.get("/fr/catalogue/?technique=vision").content.decode()
    assert 'id="rarer-filters" class="more" open>' in page
    assert counting.title in page
    assert loops.title not in page


def test_addresses_of_filters_are_in_one_order(client, counting, rebuild_index):
    rebuild_index()
    answer = client.get("/fr/catalogue/?price=from_5k&kind=ai&hosting=nowhere", headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == "/fr/catalogue/?kind=ai&price=from_5k"


def test_a_catalogue_of_many_solutions_stays_within_its_budgets(client, rebuild_index):
    kinds = ["software", "ai", "service", "hardware", "data"]
    zones = ["on_site", "france", "eu", "outside_eu"]
    for number in range(24):
        SolutionPageFactory(
            kind=kinds[number % 5], hosting_zone=zones[number % 4], prices=[row("100", "200000")],
            techniques=["vision", "rules"], contains_ai=True, maturity=1 + number % 9,
        )  # fmt: skip
    rebuild_index()
    page = client.get("/fr/catalogue/").content.decode()
    assert page.count("<") - page.count("</") < 1200


def test_now_is_not_in_the_index(counting, rebuild_index):
    """The same document is written whatever the hour: only what is asked of it changes."""
    from catalogue.documents import prepare, solution_document

    prepare([counting])
    before = solution_document(counting).digest()
    with time_machine.travel(timezone.now() + dt.timedelta(days=800)):
        assert solution_document(counting).digest() == before
