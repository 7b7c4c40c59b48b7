"""Similar solutions, each with the reason."""

import pytest
from django.utils import translation

from catalogue.deployments.services import draw_up
from catalogue.deployments.statements import Said, Source
from catalogue.similar import similar_hits
from metropole.organisations.models import Organisation
from tests.factories import (
    CommuneFactory,
    EptFactory,
    OrganisationFactory,
    ProjectPageFactory,
    SolutionPageFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def use(page, place):
    """An authority of a place uses a solution."""
    known = Organisation.objects.filter(territory=place).first()
    organisation = known or OrganisationFactory(commune=True, territory=place)
    source = Source("Délibération", "https://example.org/deliberation")
    return draw_up(page, organisation, Said("in_use"), source, None)


def notes(page):
    return {hit.title: hit.note for hit in similar_hits(page)}


def test_the_reason_says_all_that_two_solutions_share(frame, rebuild_index):
    theme, ept = ThemeFactory(name="Vélo"), EptFactory(number=8, name="Est Ensemble")
    here, there = CommuneFactory(parent=ept, name="Pantin"), CommuneFactory(parent=ept, name="Bondy")
    one = SolutionPageFactory(title="Un", themes=[theme], techniques=["vision"], contains_ai=True)
    SolutionPageFactory(title="Deux", themes=[theme], techniques=["vision", "rules"], contains_ai=True)
    three, four = SolutionPageFactory(title="Trois"), SolutionPageFactory(title="Quatre")
    SolutionPageFactory(title="Rien", themes=[ThemeFactory(name="Eau")])
    for page, place in ((one, here), (three, there), (four, here)):
        use(page, place)
    rebuild_index()
    assert notes(one) == {
        "Deux": "Same theme (Vélo), same technique (Image analysis)",
        "Quatre": "Also tried or used in Pantin",
        "Trois": "Also tried or used in Est Ensemble (T8)",
    }
    assert list(notes(one)) == ["Deux", "Quatre", "Trois"]


def test_what_shares_more_comes_first_and_then_the_alphabet(frame, rebuild_index):
    theme = ThemeFactory()
    one = SolutionPageFactory(title="Un", themes=[theme], techniques=["vision", "rules"])
    for title, techniques in [("Zèbre", ["vision", "rules"]), ("Âne", ["vision"]), ("Loup", []), ("Chat", [])]:
        SolutionPageFactory(title=title, themes=[theme], techniques=techniques)
    rebuild_index()
    assert list(notes(one)) == ["Zèbre", "Âne", "Chat"]


def test_nothing_but_solutions_is_similar(frame, rebuild_index):
    theme = ThemeFactory()
    one = SolutionPageFactory(themes=[theme])
    ProjectPageFactory(themes=[theme])
    rebuild_index()
    assert similar_hits(one) == []


def test_a_sheet_shows_its_similar_ones_with_the_reason(client, frame, rebuild_index):
    theme = ThemeFactory(name="Vélo")
    one, other = (SolutionPageFactory(title=title, themes=[theme]) for title in ("Un", "Deux"))
    project = ProjectPageFactory(themes=[theme])
    rebuild_index()
    page = client.get(one.url).content.decode()
    assert other.title in page.partition('class="band"')[2]
    assert "(Vélo)</span>" in page
    assert project.title not in page


def test_a_sheet_without_similar_ones_shows_what_is_close(client, frame, rebuild_index):
    theme = ThemeFactory()
    one, project = SolutionPageFactory(themes=[theme]), ProjectPageFactory(themes=[theme])
    rebuild_index()
    assert project.title in client.get(one.url).content.decode().partition('class="band"')[2]
