"""A new index beside the one in use, then the swap; going back; and setting right what a killed process left."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .building import public_documents, unheard
from .delivery import deliver_batch, drain
from .engines import get_stores
from .engines.base import IndexUnavailableError, Store
from .fields import stamp
from .locks import rebuilding
from .models import MOST_ATTEMPTS, Delivery, SearchIndex
from .outbox import hand_out
from .registry import forget_everything

logger = logging.getLogger(__name__)

State = SearchIndex.State
# A machine that has not been heard of for so long is gone: no more changes are kept for its index.
_GONE_AFTER = timedelta(days=7)
_SEEN_EVERY = timedelta(hours=1)


class RebuildRunningError(RuntimeError):
    """Another process is rebuilding the index."""


class NoIndexToGoBackToError(LookupError):
    """No previous index was made by this version of the code."""


def rebuild(store: Store, progress: Callable[[], object] = unheard) -> dict[str, str]:
    """Builds a new index beside the current one, brings it up to date with what changed meanwhile, and swaps them.

    The index before is kept to go back to. Returns the documents that could not be indexed, with the reason. Raises
    RebuildRunningError when another process is at it, and IndexUnavailableError.
    """
    forget_everything()
    with rebuilding(store) as held:
        if not held:
            raise RebuildRunningError
        _remove_unfinished(store)
        index = SearchIndex.objects.create(store=store.name, place=store.place, name=store.create(), stamp=stamp())
        try:
            failed: dict[str, str] = {}
            failed |= store.fill(index.name, public_documents(progress, failed))
            _keep_as_dead(index, failed)
            _catch_up(store, index)
        except BaseException:
            index.delete()
            raise
        _swap(store, index)
        _sweep(store)
    drain()
    return failed


def _remove_unfinished(store: Store) -> None:
    """Indexes that killed processes left half built."""
    _of(store).filter(state=State.BUILDING).delete()
    _sweep(store)


def _keep_as_dead(index: SearchIndex, failed: dict[str, str]) -> None:
    Delivery.objects.bulk_create(
        Delivery(index=index, document_key=key, attempts=MOST_ATTEMPTS, reason=reason[:400])
        for key, reason in failed.items()
    )


def _catch_up(store: Store, index: SearchIndex) -> None:
    """Brings to a new index what changed while it was being filled."""
    hand_out()
    while index.deliveries.due().exists():
        deliver_batch(store, index)
        if index.failing_since:
            raise IndexUnavailableError(index.failure)
        hand_out()


def _swap(store: Store, index: SearchIndex) -> None:
    """The database first: were the process killed before the store follows, ``tidy`` has it follow."""
    with transaction.atomic():
        _of(store).filter(state=State.PREVIOUS).exclude(pk=index.pk).delete()
        replaced = _of(store).filter(state=State.CURRENT)
        Delivery.objects.filter(index__in=replaced).delete()
        replaced.update(state=State.PREVIOUS)
        SearchIndex.objects.filter(pk=index.pk).update(state=State.CURRENT)
    store.publish(index.name)


def _sweep(store: Store) -> None:
    """Removes the indexes that the database does not know."""
    store.sweep(_of(store).values_list("name", flat=True))


def go_back(store: Store) -> None:
    """Swaps the index in use for the one before; what it lacks is for ``search_check --repair`` to bring.

    Raises NoIndexToGoBackToError, RebuildRunningError and IndexUnavailableError.
    """
    with rebuilding(store) as held:
        if not held:
            raise RebuildRunningError
        _remove_unfinished(store)
        previous = _of(store).filter(state=State.PREVIOUS, stamp=stamp()).first()
        if previous is None or not store.exists(previous.name):
            raise NoIndexToGoBackToError
        _swap(store, previous)


def tidy() -> None:
    """Sets right what killed processes and lost machines left. Run from time to time by the worker."""
    for store in get_stores():
        try:
            _tidy(store)
        except IndexUnavailableError:
            # Said where changes and searches need the store; nothing is lost by tidying it later.
            continue
    gone = SearchIndex.objects.exclude(place="").filter(seen_at__lt=timezone.now() - _GONE_AFTER)
    for index in gone:
        logger.warning("No more changes are kept for the index of machine %s, not heard of for a week.", index.place)
        index.delete()


def _tidy(store: Store) -> None:
    _of(store).filter(seen_at__lt=timezone.now() - _SEEN_EVERY).update(seen_at=timezone.now())
    current = _of(store).filter(state=State.CURRENT, stamp=stamp()).first()
    if current and store.current() != current.name and store.exists(current.name):
        store.publish(current.name)
    with rebuilding(store) as held:
        if held and _of(store).filter(state=State.BUILDING).exists():
            _remove_unfinished(store)


def _of(store: Store) -> QuerySet[SearchIndex]:
    return SearchIndex.objects.filter(store=store.name, place=store.place)
