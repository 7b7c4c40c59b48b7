"""Who may do what only one may do at a time. Every lock dies with its holder, however that dies."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from .engines.base import Store
from .engines.storage import IndexFolder
from .models import SearchIndex


@contextmanager
def delivering_to(index: SearchIndex) -> Iterator[SearchIndex | None]:
    """Takes an index in use to write to it: as it now is, or None at once when another process has it.

    On PostgreSQL the lock is on the index's row, and what is done in the block is one transaction.
    """
    current = SearchIndex.objects.filter(pk=index.pk, state=SearchIndex.State.CURRENT)
    if connection.features.has_select_for_update_skip_locked:
        with transaction.atomic():
            yield current.select_for_update(skip_locked=True).first()
    else:
        with _of_this_machine(f"write-{index.store}") as held:
            yield current.first() if held else None


@contextmanager
def rebuilding(store: Store) -> Iterator[bool]:
    """Takes a store to build a new index in it, or gives False at once when another process has it."""
    name = f"rebuild-{store.name}{store.place}"
    if connection.vendor != "postgresql":
        with _of_this_machine(name) as held:
            yield held
        return
    number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        held = cursor.fetchone()[0]
        try:
            yield held
        finally:
            if held:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def _of_this_machine(name: str) -> AbstractContextManager[bool]:
    return IndexFolder(Path(settings.SEARCH_INDEX_DIR)).lock(name, wait=False)
