"""Workers tell through the database that they are alive, so that others take up what a dead one has left."""

import datetime as dt
import logging
import platform
from threading import Event, Thread

from django.db import Error, close_old_connections, connection
from django.db.models.functions import Now
from django.utils.crypto import get_random_string

from .models import WorkerHeartbeat

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_HEARTBEATS = 5
LEASE = dt.timedelta(seconds=60)
"""How long after its last heartbeat a worker counts as alive: a dozen may be missed, for a machine that stands still
for a moment, a database that restarts or a clock that is set must not have a task done twice."""
FORGOTTEN_AFTER = dt.timedelta(days=1)


def new_worker_id() -> str:
    return get_random_string(12)


def living_workers() -> set[str]:
    """The identities of the workers that were seen within the lease."""
    return set(WorkerHeartbeat.objects.filter(seen_at__gte=Now() - LEASE).values_list("worker_id", flat=True))


def forget_old_heartbeats() -> None:
    """Deletes what is known of workers that died, or stopped, long ago."""
    WorkerHeartbeat.objects.filter(seen_at__lt=Now() - FORGOTTEN_AFTER).delete()


class Heartbeat:
    """Tells that a worker is alive for as long as its ``with`` block lasts.

    It beats in a thread, on a connection of its own, so that a long task doesn't silence it. The first beat is awaited:
    no worker takes a task before it is known to be alive. Raises the database's error if it cannot be told.
    """

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self._ended = Event()
        self._thread = Thread(target=self._beat_until_the_end, name="heartbeat", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._beat()
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._thread.join()

    def _beat_until_the_end(self) -> None:
        try:
            while not self._ended.wait(SECONDS_BETWEEN_HEARTBEATS):
                self._try_to_beat()
        finally:
            connection.close()

    def _try_to_beat(self) -> None:
        close_old_connections()
        try:
            self._beat()
        except Error:
            logger.warning("The worker %s cannot tell that it is alive", self.worker_id, exc_info=True)

    def _beat(self) -> None:
        # By the database's clock, the only one that all machines share.
        beat = WorkerHeartbeat(worker_id=self.worker_id, machine=platform.node()[:255], started_at=Now(), seen_at=Now())
        WorkerHeartbeat.objects.bulk_create(
            [beat], update_conflicts=True, unique_fields=["worker_id"], update_fields=["seen_at"]
        )
