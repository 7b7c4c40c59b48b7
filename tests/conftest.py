import pytest
from metropole.search import registry
from metropole.search.sync import rebuild


@pytest.fixture(autouse=True)
def _fresh_vocabularies():
    """What one test loads of the facets' vocabularies is not kept for the next."""
    registry.forget_everything()
    yield
    registry.forget_everything()


@pytest.fixture
def rebuild_index(db):
    """Indexes what the test has published so far; call it again after publishing more."""
    rebuild()
    return rebuild
