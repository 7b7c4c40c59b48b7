"""The process beside the site: it does the tasks of the queue and runs the beats, one thing at a time."""

import logging
import time
from contextlib import nullcontext
from types import FrameType

from django.db import Error, close_old_connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from .beats import Beats
from .heartbeat import Heartbeat, new_worker_id
from .task_queue import tasks_wait_for_a_worker

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1
SECONDS_BEFORE_RETRY = 5
"""How long a database that fails is left alone."""


class SiteWorker(Worker):
    """The queue's worker with a loop of ours around the doing of a task: beats in between, and stopping only there."""

    def __init__(self, *, once: bool) -> None:
        super().__init__(
            queue_names=["*"], excluded_queue_names=[], backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            worker_id=new_worker_id(), batch=once, interval=SECONDS_BETWEEN_LOOKS, startup_delay=False, max_tasks=None,
        )  # fmt: skip
        self.has_queue = tasks_wait_for_a_worker()
        self.beats = Beats()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stops after the task or the beats at hand. A second signal kills: the task is then lost, thus tried again."""
        self.running = False
        self.reset_signals()

    def run_until_stopped(self) -> None:
        """Outlives a failing database, except in a single round: that one raises the database's error."""
        while self.running:
            try:
                self.run()
                break
            except Error:
                if self.batch:
                    raise
                logger.exception("The database failed; the next try is in %d seconds", SECONDS_BEFORE_RETRY)
            time.sleep(SECONDS_BEFORE_RETRY)
            close_old_connections()
            # Under another identity: a task whose end could not be written is then one that a dead worker left.
            self.worker_id = new_worker_id()

    def run(self) -> None:
        with Heartbeat(self.worker_id) if self.has_queue else nullcontext():
            while self.running:
                self.beats.run_due()
                if self.has_queue and self.run_next_task():
                    continue
                if self.batch:
                    return
                time.sleep(self.interval)

    def run_next_task(self) -> bool:
        """Whether there was one."""
        close_old_connections()
        with exclusive_transaction():
            task = DBTaskResult.objects.ready().filter(backend_name=self.backend_name).get_locked()
            if task:
                task.claim(self.worker_id)
        if task:
            self.run_task(task)
        return task is not None
