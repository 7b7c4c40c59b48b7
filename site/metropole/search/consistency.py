"""Whether the index says what the database says."""

from dataclasses import dataclass

from . import sync
from .engines import get_engine


@dataclass(frozen=True)
class Differences:
    """Identifiers of documents that the index lacks, has in excess, or has in another version."""

    missing: list[str]
    excess: list[str]
    stale: list[str]

    def all(self) -> list[str]:
        return [*self.missing, *self.excess, *self.stale]


def differences() -> Differences:
    """Compares every public document with what the index holds."""
    expected = {document.id: document.digest() for document in sync.public_documents()}
    held = get_engine().digests()
    return Differences(
        missing=sorted(expected.keys() - held.keys()),
        excess=sorted(held.keys() - expected.keys()),
        stale=sorted(key for key in expected.keys() & held.keys() if expected[key] != held[key]),
    )
