"""The engine that this process asks, and the stores that it keeps."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .base import Engine, Store
from .elastic import ElasticEngine
from .embedded import EmbeddedEngine
from .fallback import FallbackEngine


@lru_cache(maxsize=8)
def _embedded(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root)


@lru_cache(maxsize=8)
def _with_server(url: str, prefix: str, root: Path) -> FallbackEngine:
    from ..models import SearchIndex  # Models are ready later than the code that asks for an engine is imported.

    return FallbackEngine(ElasticEngine(), _embedded(root), is_behind=SearchIndex.server_is_behind)


def get_engine() -> Engine:
    """What answers searches: the server of ``ELASTICSEARCH_URL`` if there is one, and the index on this machine."""
    root = Path(settings.SEARCH_INDEX_DIR)
    if not settings.ELASTICSEARCH_URL:
        return _embedded(root)
    return _with_server(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX, root)


def get_stores() -> list[Store]:
    """What changes are carried to: the server first, as pages kept for visitors follow the index on this machine."""
    engine = get_engine()
    return [engine.server, engine.embedded] if isinstance(engine, FallbackEngine) else [engine]
