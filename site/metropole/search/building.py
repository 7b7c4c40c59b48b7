"""From the database to documents: what an index holds, and what it must no longer hold."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from .documents import Document, document_id, split_id
from .registry import Source, forget_everything, sources

logger = logging.getLogger(__name__)

AT_ONCE = 500


@dataclass
class Batch:
    """What some documents' identifiers come to: documents to write, identifiers to remove, and those that failed."""

    documents: list[Document] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def built(keys: Iterable[str]) -> Batch:
    """The documents of some identifiers as the database has them now."""
    # A name that another process has changed may be what these documents are built anew for.
    forget_everything()
    batch = Batch()
    by_label: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        label, pk = split_id(key)
        by_label.setdefault(label, []).append(pk)
    for label, pks in by_label.items():
        _build_or_tell(batch, label, pks)
    return batch


def _build_or_tell(batch: Batch, label: str, pks: list[str]) -> None:
    """Builds the documents of one kind; the one that the database refuses to read keeps none of the others."""
    try:
        # Within a transaction, a failed statement would take all those that follow along.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            _build(batch, label, pks)
    except DatabaseError as error:
        if len(pks) == 1:
            batch.failed[f"{label}:{pks[0]}"] = _told(error)
        else:
            for pk in pks:
                _build_or_tell(batch, label, [pk])


def _build(batch: Batch, label: str, pks: list[str]) -> None:
    """Builds the documents of one kind; what is not, or no longer, public is to be removed."""
    source = sources().get(label)
    unseen = {f"{label}:{pk}" for pk in pks}
    try:
        instances = list(source.queryset().filter(pk__in=pks)) if source else []
    except (ValueError, ValidationError):
        # A key that is none of this kind's: no document can have it.
        instances = []
    if instances:
        source.prepare(instances)
    made: list[Document] = []
    for instance in instances:
        document = _document(source, instance, batch.failed)
        if document:
            made.append(document)
        if document or document_id(instance) in batch.failed:
            unseen.discard(document_id(instance))
    batch.documents += made
    batch.removed += sorted(unseen)


def _document(source: Source, instance: Model, failed: dict[str, str]) -> Document | None:
    """The document of an instance. One that cannot be built must not keep the others from the index."""
    try:
        return source.builder(instance)
    except DatabaseError:
        raise
    except Exception as error:
        key = document_id(instance)
        failed[key] = _told(error)
        logger.exception("The search document of %s could not be built.", key)
        return None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def unheard() -> None:
    """Progress that nobody follows."""


def public_count() -> int:
    """The number of instances that ``public_documents`` reads."""
    return sum(source.queryset().count() for source in sources().values())


def public_documents(
    progress: Callable[[], object] = unheard, failed: dict[str, str] | None = None
) -> Iterator[Document]:
    """Every public document of the database. ``progress`` is called after each instance.

    ``failed`` receives the identifiers of those that cannot be built, with the reason.
    """
    failed = {} if failed is None else failed
    for source in sources().values():
        for instances in _chunks(source.queryset().iterator(chunk_size=AT_ONCE)):
            source.prepare(instances)
            for instance in instances:
                document = _document(source, instance, failed)
                if document:
                    yield document
                progress()


def _chunks(instances: Iterator[Model]) -> Iterator[list[Model]]:
    while chunk := list(islice(instances, AT_ONCE)):
        yield chunk
