"""A page costs a constant number of queries, whatever it holds."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metropole.demo.frame import build_frame
from metropole.search import registry
from tests.factories import (
    CallPageFactory,
    CommuneFactory,
    EventPageFactory,
    KitPageFactory,
    NeedFactory,
    NeedTextFactory,
    OrganisationFactory,
    PracticePageFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
    ThemeFactory,
    language,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOST_QUERIES = 12
MOST_QUERIES_OF_A_NEED = 16
"""Its page also tells questions, amendments, history, documents, who carries it and who has it too."""
FACTORIES = [
    CallPageFactory,
    EventPageFactory,
    KitPageFactory,
    PracticePageFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
]


def queries(client, url: str) -> int:
    """Queries of a page once the process knows its menus and vocabularies."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def filing(size: int) -> dict[str, list]:
    return {**need_filing(size), "organisations": OrganisationFactory.create_batch(size, commune=True)}


def need_filing(size: int) -> dict[str, list]:
    """A need has one organisation."""
    return {
        "territories": CommuneFactory.create_batch(size),
        "themes": ThemeFactory.create_batch(size),
        "tags": [f"mot-{rank}" for rank in range(size)],
    }


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_sheet_costs_the_same_whatever_it_is_filed_under(client, rebuild_index, factory):
    small, large = factory(**filing(1)), factory(**filing(5))
    rebuild_index()
    registry.forget_everything()
    assert queries(client, small.url) == queries(client, large.url) <= MOST_QUERIES


@pytest.mark.parametrize("path", ["/fr/jadopte/", "/en/adopt/"])
def test_a_need_costs_the_same_whatever_it_is_filed_under_and_in_whatever_languages_it_is(client, rebuild_index, path):
    build_frame()
    small, large = (NeedFactory(**need_filing(size)) for size in (1, 5))
    NeedTextFactory(need=large, locale=language("en"))
    rebuild_index()
    registry.forget_everything()
    few, many = (queries(client, f"{path}{need.slug}/") for need in (small, large))
    assert few == many <= MOST_QUERIES_OF_A_NEED


@pytest.mark.parametrize(
    "path", ["/fr/", "/fr/recherche/", "/fr/ressources/", "/fr/jadopte/", "/fr/territoires/", "/fr/themes/"]
)
def test_a_list_costs_the_same_whatever_it_holds(client, rebuild_index, path):
    ProjectPageFactory(**filing(1))
    NeedFactory()
    rebuild_index()
    few = queries(client, path)
    for _ in range(5):
        ProjectPageFactory(**filing(2))
        NeedFactory()
    rebuild_index()
    cache.clear()
    registry.forget_everything()
    assert queries(client, path) == few <= MOST_QUERIES
