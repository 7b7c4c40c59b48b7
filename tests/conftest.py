import pytest
from django.core.cache import cache
from django.utils import translation

from metropole.search import registry
from metropole.search.engines import get_stores
from metropole.search.rebuilding import rebuild


@pytest.fixture(autouse=True)
def _fresh_start(settings):
    """What one test keeps (menus, vocabularies, the language of its last request) is not there for the next."""
    cache.clear()
    registry.forget_everything()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def rebuild_index(db):
    """Indexes what the test has published so far; call it again after publishing more."""

    def rebuild_index():
        for store in get_stores():
            rebuild(store)

    rebuild_index()
    return rebuild_index
