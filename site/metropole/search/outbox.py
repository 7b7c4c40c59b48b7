"""From a change to each index, losing nothing.

A change writes a row to the outbox in its own transaction. Once committed, the row is handed out: one delivery for each
index that there is, those being built included. An index that is registered after a row was handed out reads that
change from the database itself: rows are handed out before indexes are listed, and an index is registered before it
reads. A delivery is deleted once its index has the change safe on disk; a process killed in between does it twice,
which changes nothing.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from wagtail.models import Page

from .building import AT_ONCE
from .documents import document_id, split_id
from .models import Delivery, OutboxEntry, SearchIndex
from .registry import sources


def enqueue(instance: Model) -> None:
    """Has an instance's document brought up to date once the current transaction is committed."""
    enqueue_ids(_searched([document_id(instance)]))


def enqueue_page(page: Page) -> None:
    """The same for a Wagtail page, be it deleted, and for its translations: which of them its content's document is
    named after may have changed with it."""
    others = _ids(Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk))
    enqueue_ids(_searched([document_id(page), *others]))


def enqueue_many(queryset: QuerySet) -> None:
    """The same for all instances of a query, of one model."""
    label = queryset.model._meta.label_lower
    enqueue_ids(_searched(f"{label}:{pk}" for pk in queryset.values_list("pk", flat=True)))


def enqueue_pages(pages: QuerySet) -> None:
    """The same for Wagtail pages of any kinds, and for their translations."""
    contents = pages.order_by().values("translation_key")
    enqueue_ids(_searched(_ids(Page.objects.filter(translation_key__in=contents))))


def _ids(pages: QuerySet) -> list[str]:
    found = pages.values_list("content_type_id", "pk")
    models = {kind: ContentType.objects.get_for_id(kind).model_class() for kind in {kind for kind, _pk in found}}
    return [f"{models[kind]._meta.label_lower}:{pk}" for kind, pk in found if models[kind]]


def enqueue_ids(ids: Iterable[str]) -> None:
    """The same for documents' identifiers; the document of a kind that is not searched is removed."""
    from .delivery import drain_after_commit

    entries = [OutboxEntry(document_key=key) for key in ids]
    if entries:
        OutboxEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
        # Once per change: the first call applies them all, and the others find nothing left to do.
        transaction.on_commit(drain_after_commit, robust=True)


def _searched(ids: Iterable[str]) -> list[str]:
    return [key for key in ids if split_id(key)[0] in sources()]


def hand_out() -> None:
    """Turns what is in the outbox into deliveries. Several processes may: each takes rows that no other has."""
    kept = SearchIndex.objects.exclude(state=SearchIndex.State.PREVIOUS)
    # Without an index, changes wait for the first one.
    while OutboxEntry.objects.exists() and kept.exists():
        with transaction.atomic():
            taken = list(OutboxEntry.objects.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])
            indexes = list(kept.all())
            if not taken or not indexes:
                return
            keys = dict.fromkeys(entry.document_key for entry in taken)
            Delivery.objects.bulk_create(Delivery(index=index, document_key=key) for index in indexes for key in keys)
            OutboxEntry.objects.filter(pk__in=[entry.pk for entry in taken]).delete()
