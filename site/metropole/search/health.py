"""Who answers searches, whether changes reach them, and what to do when that is not as it should be."""

import logging
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext

from metropole.core.health import ComponentState

from .delivery import index_in_use
from .engines import get_engine, get_stores
from .engines.base import MISSING, OUTDATED, READY, IndexUnavailableError, Store
from .engines.elastic import ElasticEngine
from .engines.elastic_client import too_old
from .engines.fallback import FallbackEngine
from .models import SearchIndex

logger = logging.getLogger(__name__)

_REMEDIES = {
    MISSING: "there is no index: run `manage.py rebuild_search`",
    OUTDATED: "the index was made by another version of this code: run `manage.py rebuild_search`",
}


@dataclass(frozen=True)
class StoreState:
    """What is wrong with a store, in one line that says how to mend it; empty when nothing is."""

    store: Store
    trouble: str

    def __str__(self) -> str:
        return f"{self.store.name}: {self.trouble or READY}"


def store_states() -> list[StoreState]:
    """Each store, the server first, as it is at this instant."""
    return [StoreState(store, _trouble(store)) for store in get_stores()]


def _trouble(store: Store) -> str:
    try:
        state = store.state()
        outdated_server = too_old(store.client) if isinstance(store, ElasticEngine) else ""
    except IndexUnavailableError as error:
        return str(error)
    if outdated_server:
        return f"{outdated_server} is too old: Elasticsearch 8.16 or OpenSearch 2 is the least"
    if state != READY:
        return _REMEDIES[state]
    return _undelivered(index_in_use(store))


def _undelivered(index: SearchIndex | None) -> str:
    if index is None:
        return "no changes are carried to this index: run `manage.py rebuild_search`"
    if index.failing_since:
        since = timezone.localtime(index.failing_since)
        return f"changes have waited since {since:%Y-%m-%d %H:%M}: {index.failure}"
    return ""


def search_state() -> ComponentState:
    """The site can search as long as one store answers; it says so when that is not the one it should be."""
    states = store_states()
    detail = "; ".join(map(str, states))
    in_trouble = [state for state in states if state.trouble]
    return ComponentState(ready=len(in_trouble) < len(states), detail=detail, degraded=bool(in_trouble))


def known_trouble() -> str:
    """What this process knows to be wrong with the search server, for editors; empty when nothing is. Asks nobody."""
    engine = get_engine()
    if not isinstance(engine, FallbackEngine):
        return ""
    if engine.breaker.trouble:
        return gettext("The search server does not answer: the index on this machine answers in its place.")
    if engine.server_is_behind():
        return gettext("The search server takes no changes: the index on this machine answers in its place.")
    return ""


def report() -> None:
    """Says in the log, one line for each store in trouble, what is wrong and how to mend it."""
    try:
        for state in store_states():
            if state.trouble:
                logger.error("Search index of %s.", state)
    except DatabaseError as error:
        logger.error("The database is not ready for this version of the code: run `manage.py migrate` (%s).", error)
