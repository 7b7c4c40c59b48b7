"""Whether an index says what the database says."""

from collections.abc import Callable
from dataclasses import dataclass

from .building import public_documents, unheard
from .delivery import drain_at_once, index_in_use
from .engines.base import Store
from .models import Delivery


@dataclass(frozen=True)
class Differences:
    """Identifiers of documents that the index lacks, has in excess, or has in another version."""

    missing: list[str]
    excess: list[str]
    stale: list[str]

    def all(self) -> list[str]:
        return [*self.missing, *self.excess, *self.stale]


def differences(store: Store, progress: Callable[[], object] = unheard) -> Differences:
    """Compares every public document with what the index in use holds.

    ``progress`` is called after each content of the database. Raises IndexUnavailableError.
    """
    expected = {document.id: document.digest() for document in public_documents(progress)}
    held = store.digests()
    return Differences(
        missing=sorted(expected.keys() - held.keys()),
        excess=sorted(held.keys() - expected.keys()),
        stale=sorted(key for key in expected.keys() & held.keys() if expected[key] != held[key]),
    )


def repair(store: Store, found: Differences) -> list[str]:
    """Brings the documents that differ to the index; returns those that still do."""
    index = index_in_use(store)
    if index is None:
        return found.all()
    Delivery.objects.bulk_create(Delivery(index=index, document_key=key) for key in found.all())
    drain_at_once()
    return differences(store).all()
