import pytest
import time_machine

from metropole.search import registry
from metropole.search.engines import get_engine

from .samples import NOW, vocabularies


@pytest.fixture(autouse=True)
def _only_these_vocabularies(monkeypatch):
    """Search alone, with small vocabularies and no kind of content from the other apps."""
    monkeypatch.setattr(registry, "_loaders", vocabularies())
    monkeypatch.setattr(registry, "_sources", {})
    monkeypatch.setattr(registry, "_synonym_loaders", [])
    registry.forget_everything()


@pytest.fixture(autouse=True)
def engine(settings, tmp_path):
    """An engine on a folder of its own; there is no index yet."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return get_engine()


@pytest.fixture
def at_noon():
    """The first of June 2026, noon."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def fill(engine):
    """Makes the index hold some documents and no others."""

    def fill(*documents):
        engine.folder.publish(engine.new_generation(documents))

    return fill
