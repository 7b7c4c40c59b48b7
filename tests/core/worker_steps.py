"""What a process of its own does in ``test_worker_processes``: ``python -c START STEP:ARGUMENT...``."""

import datetime as dt
import sys
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from metropole.core import beats, heartbeat
from metropole.core.models import WorkerHeartbeat
from metropole.core.task_queue import requeue_lost_tasks

START = "import django; django.setup(); from tests.core.worker_steps import do_steps; do_steps()"
LEASE = 3


@task()
def wait_for(path):
    print("begun", flush=True)
    _wait_for_file(path)


def _wait_for_file(path):
    while not Path(path).exists():
        time.sleep(0.05)


def prepare(_argument):
    with connection.schema_editor() as editor:
        for model in (DBTaskResult, WorkerHeartbeat):
            editor.create_model(model)


def enqueue(path):
    wait_for.enqueue(path)


def enqueue_lost(number):
    for _ in range(int(number)):
        wait_for.enqueue("nothing")
    for waiting in DBTaskResult.objects.all():
        waiting.claim("dead")


def work(_argument):
    """As the command does, except that its minutes are seconds; other apps' beats would miss their tables."""
    heartbeat.LEASE, heartbeat.SECONDS_BETWEEN_HEARTBEATS = dt.timedelta(seconds=LEASE), 0.2
    beats._registered.clear()
    beats.register_beat("lost tasks", 0.5, requeue_lost_tasks)
    call_command("worker")


def requeue_after(path):
    connection.ensure_connection()
    print("begun", flush=True)
    _wait_for_file(path)
    print(requeue_lost_tasks())


def tell(_argument):
    for result in DBTaskResult.objects.all():
        print(result.status, len(result.worker_ids))


def do_steps():
    for step in sys.argv[1:]:
        name, _, argument = step.partition(":")
        globals()[name](argument)
