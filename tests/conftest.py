import pytest
from django.core.cache import cache

from metropole.search import registry
from metropole.search.sync import rebuild


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    """What one test loads and keeps (menus, vocabularies, drawings) is not there for the next."""
    cache.clear()
    registry.forget_everything()
    yield
    cache.clear()
    registry.forget_everything()


@pytest.fixture
def rebuild_index(db):
    """Indexes what the test has published so far; call it again after publishing more."""
    rebuild()
    return rebuild
