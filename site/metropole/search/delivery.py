"""From the deliveries to the indexes: in batches, again after a failure, and said when it does not work."""

import logging
from itertools import count

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from .building import AT_ONCE, built
from .engines import get_stores
from .engines.base import IndexUnavailableError, Store
from .fields import stamp
from .locks import delivering_to
from .models import Delivery, OutboxEntry, SearchIndex
from .outbox import hand_out

logger = logging.getLogger(__name__)


def drain(batches: int | None = None) -> int:
    """Brings what is waiting to each index that nobody else is at; returns the number of deliveries made.

    ``batches`` limits the work for each index, for who cannot wait.
    """
    hand_out()
    followed = [(store, index_in_use(store)) for store in get_stores()]
    return sum(_deliver(store, index, batches) for store, index in followed if index)


def drain_at_once() -> int:
    """The same, without waiting for the time of the next attempt at what failed before."""
    SearchIndex.objects.update(retry_at=None)
    Delivery.objects.waiting().update(retry_at=None)
    return drain()


def drain_after_commit() -> None:
    """What the process that made a change does about it: all of it, unless a worker is there for what takes long."""
    if not SearchIndex.objects.exists():
        # Changes wait for the first index.
        return
    if not settings.WORKER:
        drain()
    elif OutboxEntry.objects.count() <= AT_ONCE:
        drain(batches=1)


def index_in_use(store: Store) -> SearchIndex | None:
    """The index that changes are carried to, when this version of the code made it."""
    return SearchIndex.objects.filter(
        store=store.name, place=store.place, state=SearchIndex.State.CURRENT, stamp=stamp()
    ).first()


def _deliver(store: Store, index: SearchIndex, batches: int | None) -> int:
    """Whoever holds an index looks once more after letting go, so that no delivery waits for the next change."""
    made = 0
    for _round in count() if batches is None else range(batches):
        if not _is_due(index):
            break
        with delivering_to(index) as held:
            if held is None:
                break
            made += deliver_batch(store, held)
    if index.failures and not index.deliveries.waiting().exists():
        # What it refused is no longer wanted.
        index.recovered()
    return made


def _is_due(index: SearchIndex) -> bool:
    now = timezone.now()
    ready = SearchIndex.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now), pk=index.pk)
    return ready.exists() and index.deliveries.due().exists()


def deliver_batch(store: Store, index: SearchIndex) -> int:
    """Makes the first deliveries that are due. What fails stays, with the reason and the time of the next attempt."""
    due = list(index.deliveries.due().order_by("pk")[:AT_ONCE])
    batch = built(delivery.document_key for delivery in due)
    try:
        batch.failed |= store.write(index.name, batch.documents, batch.removed)
    except IndexUnavailableError as error:
        if not index.failures:
            logger.warning("Changes wait for the search index %s: %s.", index.name, error)
        index.failed(str(error))
        return 0
    if index.failures:
        logger.warning("The search index %s takes changes again.", index.name)
        index.recovered()
    return _settle(index, due, batch.failed)


def _settle(index: SearchIndex, due: list[Delivery], failed: dict[str, str]) -> int:
    """Deletes what is delivered, with older attempts at the same documents; keeps what was refused."""
    delivered = {delivery.document_key for delivery in due} - failed.keys()
    index.deliveries.filter(document_key__in=delivered, pk__lte=max((one.pk for one in due), default=0)).delete()
    refused = [delivery for delivery in due if delivery.document_key in failed]
    for delivery in refused:
        delivery.refused(failed[delivery.document_key])
    Delivery.objects.bulk_update(refused, ["attempts", "retry_at", "reason"])
    return len(due) - len(refused)
