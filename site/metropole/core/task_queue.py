"""The queue of tasks, for when a worker runs beside the site: what a dead worker left, and how the queue does."""

import datetime as dt
import logging

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from .health import ComponentState
from .heartbeat import living_workers
from .models import WorkerHeartbeat

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""A task lost that often probably kills its workers itself: a fourth would not fare better."""
PATIENCE = dt.timedelta(minutes=10)
"""How long a task may wait for a worker before somebody should look."""


class TaskLostError(Exception):
    """A task's worker died each time that it was tried."""


def tasks_wait_for_a_worker() -> bool:
    """Whether tasks wait in the database; if not, the site does each at once."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def requeue_lost_tasks() -> int:
    """Gives tasks whose worker died to the next one, or up; the number of both.

    A task may so be done twice, if its worker was alive but silent: tasks must bear it.
    """
    with transaction.atomic():
        lost = _lost_tasks()
        for task in lost:
            if len(task.worker_ids) < MOST_ATTEMPTS:
                _requeue(task)
            else:
                _give_up(task)
    return len(lost)


def _lost_tasks() -> list[DBTaskResult]:
    """Locked, where the database can: those that another worker holds are its to requeue."""
    running = list(DBTaskResult.objects.running().select_for_update(skip_locked=True))
    # Asked after the tasks, as a worker is known before it takes any: a newcomer's is never thought to be lost.
    living = living_workers()
    return [task for task in running if living.isdisjoint(task.worker_ids[-1:])]


def _requeue(task: DBTaskResult) -> None:
    task.status = TaskResultStatus.READY
    task.save(update_fields=["status"])
    logger.warning("Task %s (%s) lost its worker and is tried again", task.id, task.task_path)


def _give_up(task: DBTaskResult) -> None:
    reason = f"its worker died each of the {len(task.worker_ids)} times that it was tried"
    task.set_failed(TaskLostError(reason))
    logger.error("Task %s (%s) failed: %s", task.id, task.task_path, reason)


def worker_state() -> ComponentState:
    """The site serves without its worker, but what it has put off is not done."""
    if not tasks_wait_for_a_worker():
        return ComponentState(True, "tasks are done at once")
    try:
        trouble = _trouble()
    except DatabaseError:
        trouble = "unknown"
    return ComponentState(True, trouble or "at work", degraded=bool(trouble))


def _trouble() -> str:
    if not living_workers():
        last = WorkerHeartbeat.objects.order_by("seen_at").last()
        return f"no worker seen since {timezone.localtime(last.seen_at):%Y-%m-%d %H:%M}" if last else "no worker seen"
    late = _late_tasks().count()
    return f"tasks waiting for more than {PATIENCE.seconds // 60} minutes: {late}" if late else ""


def _late_tasks() -> QuerySet:
    limit = timezone.now() - PATIENCE
    could_start = Q(run_after=get_date_max()) | Q(run_after__lt=limit)
    return DBTaskResult.objects.ready().filter(could_start, enqueued_at__lt=limit)
