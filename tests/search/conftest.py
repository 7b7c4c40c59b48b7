import os
from uuid import uuid4

import pytest
import time_machine

from metropole.search import registry
from metropole.search.engines import get_engine, get_stores
from metropole.search.engines.embedded import EmbeddedEngine
from metropole.search.fields import stamp
from metropole.search.models import SearchIndex

from .samples import NOW, vocabularies

# For the tests of a module to run on each engine: the one in the process, and the server.
SERVER = pytest.param("server", marks=pytest.mark.django_db)
ON_BOTH_ENGINES = pytest.mark.parametrize("engine", ["embedded", SERVER], indirect=True)


@pytest.fixture(autouse=True)
def _only_these_vocabularies(monkeypatch):
    """Search alone, with small vocabularies and no kind of content from the other apps."""
    monkeypatch.setattr(registry, "_loaders", vocabularies())
    monkeypatch.setattr(registry, "_sources", {})
    monkeypatch.setattr(registry, "_synonym_loaders", [])
    registry.forget_everything()


@pytest.fixture(autouse=True)
def engine(request, settings, tmp_path):
    """An engine on a folder of its own, and for ``server`` with indexes of its own there; there is no index yet."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    if getattr(request, "param", "embedded") == "embedded":
        yield get_engine()
        return
    request.getfixturevalue("_server")
    engine = get_engine()
    yield engine
    assert engine.breaker.trouble == "", "the index on this machine answered in the server's place"


@pytest.fixture
def _server(settings):
    """Has the site use the tests' search server, and leaves nothing there."""
    if not settings.SEARCH_SERVER_URL:
        assert not os.environ.get("CI"), "CI must have a search server"
        pytest.skip("no search server: set ELASTICSEARCH_URL (README, “For many users”)")
    settings.ELASTICSEARCH_URL = settings.SEARCH_SERVER_URL
    settings.ELASTICSEARCH_PREFIX = f"test-{uuid4().hex[:12]}"
    client = get_stores()[0].client
    yield
    for index in client.indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-*"):
        client.indices.delete(index=index)


@pytest.fixture
def at_noon():
    """The first of June 2026, noon."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def fill(engine):
    """Makes the indexes hold some documents and no others."""

    def fill(*documents):
        for store in get_stores():
            index = store.create()
            store.fill(index, documents)
            store.publish(index)
            if not isinstance(engine, EmbeddedEngine):
                register(store, index)

    return fill


def register(store, index):
    """Has the database know an index as the current one."""
    own = {"store": store.name, "place": store.place, "state": SearchIndex.State.CURRENT}
    SearchIndex.objects.update_or_create(**own, defaults={"name": index, "stamp": stamp()})


@pytest.fixture
def write(engine):
    """Puts documents into the indexes that there are, and takes others out."""

    def write(documents, removed=()):
        for store in get_stores():
            store.write(store.current(), documents, removed)

    return write
