"""The engine that this process uses."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .embedded import EmbeddedEngine


@lru_cache(maxsize=8)
def _engine_in(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root)


def get_engine() -> EmbeddedEngine:
    """The engine of ``SEARCH_INDEX_DIR``, one for the process."""
    return _engine_in(Path(settings.SEARCH_INDEX_DIR))
