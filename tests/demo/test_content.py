"""What the demonstration holds. It is built once for all these tests, which only look at it."""

import pytest
from django.db import transaction
from django.utils.translation import override

from catalogue.models import SolutionPage
from catalogue.sheet.claims import standings
from catalogue.sheet.completeness import completeness
from metropole.board.models import Need, NeedText
from metropole.content.models import ContentPage
from metropole.core.models import HomePage, StandardPage
from metropole.demo.example import publish_example
from metropole.demo.loading import load_demo
from metropole.demo.members import example_company
from metropole.organisations.loading import create_authorities
from metropole.purchasing.models import Interest, Presentation, PurchasingGroup
from metropole.search.registry import vocabulary
from metropole.taxonomy.loading import load_taxonomy
from metropole.territory.loading import load_territory
from metropole.translation.progress import is_behind
from resources.models import ArticlePage, CallPage, KitPage, ProgrammePage, ProjectPage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("demonstration")]


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The demonstration, built once for all the tests that only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_territory()
        load_taxonomy()
        create_authorities()
        load_demo()
        yield
        transaction.set_rollback(True)


def french(model):
    return model.objects.live().filter(locale__language_code="fr")


def texts_of_needs() -> set[tuple]:
    return set(NeedText.objects.values_list("pk", "need", "locale", *NeedText.word_fields))


def test_the_content_that_was_promised_is_there():
    projects = french(ProjectPage)
    assert projects.filter(programme__slug="fmin").count() == 23
    assert projects.filter(programme__slug="reseau-des-explorateurs").count() == 26
    assert projects.filter(programme__slug="quartiers-metropolitains-innovation").count() == 4
    assert projects.count() == 70
    assert french(ProgrammePage).count() == 11
    assert french(SolutionPage).count() == 12
    assert french(CallPage).count() == 2
    assert french(KitPage).count() >= 4
    assert french(ArticlePage).count() >= 4
    assert Need.objects.published().filter(is_example=True).count() >= 6
    assert not Need.objects.exclude(is_example=True).exists()


def test_all_the_actions_of_both_roadmaps_are_published():
    rows = {
        page.slug: [row for block in page.body if block.block_type == "table" for row in block.value["rows"]]
        for page in french(ArticlePage).filter(slug__in=["feuille-de-route-sman", "strategie-ia-neuf-actions"])
    }
    assert len(rows["feuille-de-route-sman"]) == 23
    assert len(rows["strategie-ia-neuf-actions"]) == 9


def test_building_it_twice_changes_nothing():
    before = {page.pk: page.latest_revision_id for page in ContentPage.objects.all()}
    dates = dict(Need.objects.values_list("slug", "closes_at"))
    words = texts_of_needs()
    load_demo()
    assert {page.pk: page.latest_revision_id for page in ContentPage.objects.all()} == before
    assert dict(Need.objects.values_list("slug", "closes_at")) == dates
    assert texts_of_needs() == words


def test_the_frame_of_the_site_is_in_both_languages():
    assert {home.locale.language_code for home in HomePage.objects.live()} == {"fr", "en"}
    originals = french(StandardPage)
    assert originals.exists()
    for page in originals:
        assert page.get_translations().live().filter(locale__language_code="en").exists()


def test_every_page_of_a_demonstration_says_so(settings, client):
    settings.IS_DEMONSTRATION = True
    assert "Site de démonstration" in client.get("/fr/").content.decode()
    settings.IS_DEMONSTRATION = False
    assert "Site de démonstration" not in client.get("/fr/").content.decode()


def test_programmes_needs_and_a_choice_of_items_are_in_english():
    english = ContentPage.objects.live().filter(locale__language_code="en")
    assert english.type(ProgrammePage).count() == french(ProgrammePage).count()
    assert english.not_type(ProgrammePage).count() >= 20
    assert NeedText.objects.filter(live=True, locale__language_code="en").count() == Need.objects.count()
    assert not [page.title for page in english if is_behind(page)]


def test_what_things_are_filed_under_is_named_in_english():
    with override("en"):
        assert vocabulary("theme").label("nature-en-ville") == "Urban nature"
        assert vocabulary("tag").label("accueil") == "reception"
    assert vocabulary("tag", "fr").label("accueil") == "accueil"


def test_the_sheets_say_only_what_their_sources_say():
    pages = {page.slug: page for page in french(SolutionPage)}
    assert all(page.is_editorial and page.publisher is None and not page.prices for page in pages.values())
    assert pages["wintics-cityvision"].techniques == ["vision"]
    assert pages["decidim"].hosting_zone == "france"
    assert completeness(pages["hamak"]).filled < 6


def test_the_example_sheet_is_filled_marked_as_one_and_built_twice_without_a_change():
    company = example_company()
    publish_example(company)
    page = french(SolutionPage).get(slug="exemple-tri-des-signalements")
    revision = page.latest_revision_id
    publish_example(company)
    page.refresh_from_db()
    assert page.latest_revision_id == revision
    assert completeness(page).missing == ()
    for version in SolutionPage.objects.live().filter(translation_key=page.translation_key):
        assert version.title.startswith(("Exemple", "Example"))
        assert {standing.level for standing in standings(version).values()} == {"declared", "evidenced", "unverified"}
        assert {standing.said_by for standing in standings(version).values()} == {company}


def test_the_example_of_a_grouped_purchase_invents_no_authority():
    example = Presentation.objects.published().get()
    assert example.is_example
    assert example.is_open
    assert example.solutions.count() == 3
    assert Presentation.objects.filter(translation_key=example.translation_key).count() == 2
    assert not Interest.objects.exists()
    assert not PurchasingGroup.objects.exists()
