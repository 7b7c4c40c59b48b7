"""Readers open a piece of content."""

import pytest
from wagtail.models import Locale

from tests.factories import (
    CallPageFactory,
    CommuneFactory,
    OrganisationFactory,
    PracticePageFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def read(client, page, language="fr") -> str:
    response = client.get(page.specific.address_in(language).path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_sheet_shows_how_it_is_filed_and_links_each_value_to_its_page(client):
    commune = CommuneFactory(name="Antony", slug="antony")
    theme = ThemeFactory(name="Mobilité", slug="mobilite")
    page = read(
        client, ProjectPageFactory(title="Capteurs", territories=[commune], themes=[theme], tags=["stationnement"])
    )
    assert '<a href="/fr/territoires/antony/">Antony</a>' in page
    assert '<a href="/fr/themes/mobilite/">Mobilité</a>' in page
    assert '<a href="/fr/recherche/?tag=stationnement">stationnement</a>' in page


def test_what_nobody_has_said_is_shown_and_not_hidden(client):
    page = read(client, ProjectPageFactory(problem="", budget=""))
    assert page.count("non renseigné") >= 2


def test_content_without_a_territory_holds_for_the_whole_metropole(client):
    assert "Toute la métropole" in read(client, ProjectPageFactory())


def test_markup_in_a_title_is_shown_as_text(client):
    page = read(client, ProjectPageFactory(title="<script>alert(1)</script> & co", slug="piege"))
    assert "<script>alert" not in page


def test_a_draft_is_not_found(client):
    draft = ProjectPageFactory(is_draft=True)
    assert client.get(draft.url).status_code == 404


def test_a_sheet_drawn_from_public_sources_says_so(client):
    assert "sources publiques" in read(client, SolutionPageFactory())


def test_a_call_says_whether_it_is_open(client):
    assert "badge-open" in read(client, CallPageFactory())
    assert "badge-closed" in read(client, CallPageFactory(closed=True))
    assert "badge-upcoming" in read(client, CallPageFactory(upcoming=True))


def test_english_readers_get_an_untranslated_sheet_in_french_marked_as_such(client):
    page = read(client, PracticePageFactory(title="Une pratique"), "en")
    assert '<html lang="en"' in page
    assert 'lang="fr"' in page
    assert "Une pratique" in page
    assert "not translated" in page


def test_the_switcher_leads_to_the_same_page(client):
    content = ProjectPageFactory(slug="capteurs")
    assert 'href="/en/resources/capteurs/"' in read(client, content)
    assert 'href="/fr/ressources/capteurs/"' in read(client, content, "en")


def test_a_company_page_shows_what_it_carries_and_an_authority_leads_to_its_territory(client):
    company = OrganisationFactory(name="Capteurs & Cie")
    ProjectPageFactory(title="Capteurs à Antony", organisations=[company])
    ProjectPageFactory(title="Projet secret", organisations=[company], is_draft=True)
    page = client.get(company.get_absolute_url()).content.decode()
    assert "Capteurs à Antony" in page
    assert "Projet secret" not in page
    authority = OrganisationFactory(commune=True)
    response = client.get(f"/fr/organisations/{authority.slug}/")
    assert (response.status_code, response.url) == (302, authority.get_absolute_url())


def test_a_programme_leads_to_its_contents(client, rebuild_index):
    programme = ProgrammePageFactory()
    ProjectPageFactory(programme=programme.programme)
    rebuild_index()
    assert f"programme={programme.programme.slug}" in read(client, programme)


def test_english_readers_are_led_to_the_translation_where_there_is_one(client):
    page = ProjectPageFactory(slug="capteurs")
    translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.title, translation.slug = "Parking sensors", "parking-sensors"
    translation.save_revision().publish()
    response = client.get("/en/resources/capteurs/")
    assert (response.status_code, response.url) == (302, "/en/resources/parking-sensors/")
    assert "Parking sensors" in client.get(response.url).content.decode()


def test_a_translated_content_is_found_once(client, rebuild_index):
    page = ProjectPageFactory(title="Capteurs uniques")
    page.copy_for_translation(Locale.objects.get(language_code="en")).save_revision().publish()
    ProjectPageFactory(title="Autre chose")
    rebuild_index()
    assert client.get("/api/v1/search?type=project").json()["count"] == 2


def test_french_text_is_set_as_french_typography_sets_it_on_either_side_of_the_site(client, rebuild_index):
    content = ProjectPageFactory(
        title="L'eau : enjeux ?", summary="30 000 m² d'eau !", problem='<p>C\'est "sale" !</p>', budget="9 M€"
    )
    rebuild_index()
    for language in ("fr", "en"):
        page = read(client, content, language)
        assert "L’eau\u00a0: enjeux\u202f?</h1>" in page
        assert "30\u202f000\u00a0m² d’eau\u202f!</p>" in page
        assert "<p>C’est «\u00a0sale\u00a0»\u202f!</p>" in page
        assert "<dd>9\u00a0M€</dd>" in page
    found = client.get("/fr/recherche/?q=eau").content.decode()
    assert "L’<mark>eau</mark>\u00a0: enjeux\u202f?" in found


def test_english_text_keeps_its_own_typography(client):
    page = ProjectPageFactory(slug="eau")
    translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.title, translation.slug = "Water: why?", "water"
    translation.save_revision().publish()
    assert "Water: why?</h1>" in client.get("/en/resources/water/").content.decode()
