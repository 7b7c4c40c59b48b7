"""The public directory: who is in it, its filters and their numbers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories import CommuneFactory, EptFactory, OrganisationFactory, SolutionPageFactory

from .journeys import to

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    """Three companies, an authority, and what is not public."""
    ept = EptFactory(name="Est Ensemble", slug="est-ensemble")
    montreuil = CommuneFactory(name="Montreuil", slug="montreuil", parent=ept)
    bondy = CommuneFactory(name="Bondy", slug="bondy", parent=ept)
    OrganisationFactory(name="Élan", kind="startup", sector="J", town="Montreuil", based_in=montreuil)
    OrganisationFactory(name="Sève", kind="association", sector="J", town="Bondy", based_in=bondy)
    OrganisationFactory(name="Loin", kind="startup", sector="F", town="Brest")
    OrganisationFactory(name="Attend", kind="startup", sector="J", verification="waiting")
    OrganisationFactory(name="Refusée", kind="startup", sector="J", verification="refused")
    OrganisationFactory(commune=True)


def shown(client, **query: str) -> list[str]:
    return [one.name for one in client.get(to("directory"), query).context["page_of"]]


def counts(client, name: str, **query: str) -> dict[str, int]:
    filters = client.get(to("directory"), query).context["directory"].filters
    return {choice.value: choice.count for one in filters if one.name == name for choice in one.choices}


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Élan", "Loin", "Sève"]),
        ({"kind": "startup"}, ["Élan", "Loin"]),
        ({"kind": "startup", "sector": "J"}, ["Élan"]),
        ({"territory": "est-ensemble"}, ["Élan", "Sève"]),
        ({"territory": "montreuil"}, ["Élan"]),
        ({"territory": "metropole"}, ["Élan", "Sève"]),
        ({"q": "elan"}, ["Élan"]),
        ({"q": "seve", "kind": "startup"}, []),
        (
            {"kind": "spaceship", "sector": "Z", "territory": "atlantis", "verification": "waiting"},
            ["Élan", "Loin", "Sève"],
        ),
        ({"q": "attend"}, []),
    ],
)
def test_filters_leave_what_they_say_and_unknown_ones_are_ignored(client, query, names):
    assert shown(client, **query) == names


@pytest.mark.usefixtures("entries")
def test_the_number_beside_a_choice_is_what_following_it_gives(client):
    for query in ({}, {"kind": "startup"}, {"territory": "est-ensemble"}, {"q": "e"}):
        for name in ("kind", "sector", "territory"):
            for value, count in counts(client, name, **query).items():
                assert len(shown(client, **{**query, name: value})) == count


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9" * 5000, "1.5"])
def test_a_page_that_there_is_not_is_not_found(client, page):
    assert client.get(to("directory"), {"page": page}).status_code == 404


def test_pages_keep_the_filters(client):
    for number in range(25):
        OrganisationFactory(name=f"Société {number:02}", kind="startup")
    first = client.get(to("directory"), {"kind": "startup"})
    url = first.context["pagination"].next_url
    assert "kind=startup" in url
    assert len(client.get(url).context["page_of"]) == 5


def test_it_takes_the_same_number_of_queries_whatever_it_holds(client):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(to("directory"))
        return len(captured)

    OrganisationFactory(based_in=CommuneFactory())
    queries()
    few = queries()
    for _number in range(15):
        OrganisationFactory(based_in=CommuneFactory())
    assert queries() == few <= 12


def test_an_organisations_page_shows_its_sheets_sector_size_and_place(client):
    commune = CommuneFactory(name="Bondy")
    company = OrganisationFactory(sector="J", size="micro", town="Bondy", postal_code="93140", based_in=commune)
    SolutionPageFactory(title="Un capteur de bruit", organisations=[company])
    page = client.get(company.get_absolute_url()).content.decode()
    for words in ("Un capteur de bruit", "93140 Bondy", commune.get_absolute_url()):
        assert words in page


def test_a_sheet_names_who_is_not_public_without_leading_to_a_page_that_is_not_there(client):
    company = OrganisationFactory(name="Refusée SAS", verification="refused")
    page = client.get(SolutionPageFactory(organisations=[company]).url).content.decode()
    assert "Refusée SAS" in page
    assert company.get_absolute_url() not in page


def test_an_english_reader_reads_it_in_english(client):
    OrganisationFactory(sector="J", description="Des capteurs.")
    with translation.override("en"):
        url = to("directory")
    page = client.get(url).content.decode()
    assert '<html lang="en">' in page
    assert "Information and communication" in page
