"""From the database to the index, losing nothing.

A change writes a row to the outbox in its own transaction. After the commit, this process applies the outbox if it gets
the lock; a process that does not get it leaves its rows to the holder, who looks once more after letting go: so no row
waits for the next change. Rows are deleted once the index is safe on disk; a process killed in between applies them
twice, which changes nothing. While an index is being rebuilt, rows are applied and kept: the new one needs them too.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet

from .documents import Document, document_id, split_id
from .engines import get_engine
from .engines.embedded import READY
from .models import OutboxEntry
from .registry import Source, forget_everything, sources

logger = logging.getLogger(__name__)

_BATCH = 500
_WRITE, _REBUILD = "write", "rebuild"


class RebuildRunningError(RuntimeError):
    """Another process is rebuilding the index."""


# --- Into the outbox --------------------------------------------------------------------------------------------------


def enqueue(instance: Model) -> None:
    """Has an instance's document brought up to date once the current transaction is committed."""
    enqueue_ids(_searched([document_id(instance)]))


def enqueue_many(queryset: QuerySet) -> None:
    """The same for all instances of a query, of one model."""
    label = queryset.model._meta.label_lower
    enqueue_ids(_searched(f"{label}:{pk}" for pk in queryset.values_list("pk", flat=True)))


def enqueue_pages(pages: QuerySet) -> None:
    """The same for Wagtail pages of any kinds."""
    found = pages.order_by().values_list("content_type_id", "pk")
    models = {kind: ContentType.objects.get_for_id(kind).model_class() for kind in {kind for kind, _pk in found}}
    enqueue_ids(_searched(f"{models[kind]._meta.label_lower}:{pk}" for kind, pk in found if models[kind]))


def enqueue_ids(ids: Iterable[str]) -> None:
    """The same for documents' identifiers; the document of a kind that is not searched is removed."""
    entries = [OutboxEntry(document_key=key) for key in ids]
    if entries:
        OutboxEntry.objects.bulk_create(entries, batch_size=_BATCH)
        # Once per change: the first call applies them all, and the others find nothing left to do.
        transaction.on_commit(drain, robust=True)


def _searched(ids: Iterable[str]) -> list[str]:
    return [key for key in ids if split_id(key)[0] in sources()]


# --- Out of the outbox ------------------------------------------------------------------------------------------------


@dataclass
class Batch:
    """Rows of the outbox and what they come to: documents to write, identifiers to remove, those that failed."""

    rows: dict[int, str]
    documents: list[Document] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)

    def applied_rows(self) -> list[int]:
        return [pk for pk, key in self.rows.items() if key not in self.failed]


def drain() -> int:
    """Applies the outbox to the index, unless another process is at it. Returns the number of rows applied."""
    folder = get_engine().folder
    done: set[int] = set()
    while _pending(done) and get_engine().state() == READY:
        with folder.lock(_WRITE, wait=False) as held:
            if not held:
                break
            done |= _drain_held(done)
    return len(done)


def _drain_held(done: set[int]) -> set[int]:
    """Applies, under the lock, all rows not seen before; those that fail stay in the outbox for the next time."""
    seen: set[int] = set()
    while rows := _pending(done | seen):
        keep = get_engine().folder.is_locked(_REBUILD)
        batch = _built(rows)
        get_engine().update(batch.documents, batch.removed)
        if not keep:
            OutboxEntry.objects.filter(pk__in=batch.applied_rows()).delete()
        seen |= rows.keys()
    return seen


def _pending(done: set[int]) -> dict[int, str]:
    rows = OutboxEntry.objects.order_by("pk").values_list("pk", "document_key").iterator()
    found: dict[int, str] = {}
    for pk, key in rows:
        if pk not in done:
            found[pk] = key
        if len(found) == _BATCH:
            break
    return found


def _built(rows: dict[int, str]) -> Batch:
    batch = Batch(rows)
    by_label: dict[str, list[str]] = {}
    for key in dict.fromkeys(rows.values()):
        label, pk = split_id(key)
        by_label.setdefault(label, []).append(pk)
    for label, pks in by_label.items():
        _build(batch, label, pks)
    return batch


def _build(batch: Batch, label: str, pks: list[str]) -> None:
    """Builds the documents of one kind; what is not, or no longer, public is to be removed."""
    source = sources().get(label)
    unseen = {f"{label}:{pk}" for pk in pks}
    try:
        instances = list(source.queryset().filter(pk__in=pks)) if source else []
    except (ValueError, ValidationError):
        # A key that is none of this kind's: no document can have it.
        instances = []
    for instance in instances:
        key = document_id(instance)
        document = _document(source, instance, batch.failed)
        if document:
            batch.documents.append(document)
        if document or key in batch.failed:
            unseen.discard(key)
    batch.removed += sorted(unseen)


def _document(source: Source, instance: Model, failed: set[str]) -> Document | None:
    """The document of an instance. One that cannot be built must not keep the others from the index."""
    try:
        return source.builder(instance)
    except Exception:
        key = document_id(instance)
        failed.add(key)
        logger.exception("The search document of %s could not be built.", key)
        return None


# --- All of it --------------------------------------------------------------------------------------------------------


def _unheard() -> None:
    """Progress that nobody follows."""


def public_count() -> int:
    """The number of instances that a rebuild reads."""
    return sum(source.queryset().count() for source in sources().values())


def public_documents(progress: Callable[[], object] = _unheard) -> Iterator[Document]:
    """Every public document of the database; ``progress`` is called after each instance."""
    failed: set[str] = set()
    for source in sources().values():
        for instance in source.queryset().iterator(chunk_size=_BATCH):
            document = _document(source, instance, failed)
            if document:
                yield document
            progress()


def rebuild(progress: Callable[[], object] = _unheard) -> None:
    """Builds a new index beside the current one, brings it up to date with what changed meanwhile, and swaps them.

    Raises RebuildRunningError when another process is doing it.
    """
    forget_everything()
    engine = get_engine()
    with engine.folder.lock(_REBUILD, wait=False) as held:
        if not held:
            raise RebuildRunningError
        generation = engine.new_generation(public_documents(progress))
        with engine.folder.lock(_WRITE, wait=True):
            applied = _catch_up(generation)
            engine.folder.publish(generation)
            OutboxEntry.objects.filter(pk__in=applied).delete()


def _catch_up(generation: Path) -> set[int]:
    applied: set[int] = set()
    while rows := _pending(applied):
        batch = _built(rows)
        get_engine().update(batch.documents, batch.removed, generation)
        applied |= rows.keys()
    return applied
