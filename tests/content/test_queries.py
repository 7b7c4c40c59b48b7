"""A page costs a constant number of queries, whatever it holds."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metropole.search import registry
from tests.factories import (
    CallPageFactory,
    CommuneFactory,
    EventPageFactory,
    KitPageFactory,
    NeedFactory,
    OrganisationFactory,
    PracticePageFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
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
    return {
        "territories": CommuneFactory.create_batch(size),
        "themes": ThemeFactory.create_batch(size),
        "organisations": OrganisationFactory.create_batch(size, commune=True),
        "tags": [f"mot-{rank}" for rank in range(size)],
    }


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_sheet_costs_the_same_whatever_it_is_filed_under(client, rebuild_index, factory):
    small, large = factory(**filing(1)), factory(**filing(5))
    rebuild_index()
    registry.forget_everything()
    assert queries(client, small.url) == queries(client, large.url) <= MOST_QUERIES


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
