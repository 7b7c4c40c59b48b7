import datetime as dt
import signal
from io import StringIO
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from metropole.core import beats, health, task_queue
from metropole.core import worker as worker_module
from metropole.core.heartbeat import LEASE, Heartbeat, forget_old_heartbeats, living_workers
from metropole.core.models import StandardPage, WorkerHeartbeat
from metropole.core.task_queue import requeue_lost_tasks
from metropole.core.worker import SiteWorker
from metropole.demo.frame import build_frame

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


@task()
def add(one, other):
    return one + other


@task()
def fail():
    raise ValueError("wrong")


@pytest.fixture
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def worker(monkeypatch):
    """Runs the command for one round; the tests' process keeps its signals, and the connection its transaction."""
    monkeypatch.setattr(SiteWorker, "configure_signals", lambda worker: None)
    for module in (beats, worker_module):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)

    def worker() -> str:
        written = StringIO()
        call_command("worker", "--once", stdout=written)
        return written.getvalue()

    return worker


def seen(worker_id: str, ago: dt.timedelta) -> None:
    moment = timezone.now() - ago
    WorkerHeartbeat.objects.create(worker_id=worker_id, machine="here", started_at=moment, seen_at=moment)


def waiting_task() -> DBTaskResult:
    return add.enqueue(1, 2).db_result


def running_task(*worker_ids: str) -> DBTaskResult:
    """A task as it is after each of these workers took it, and none finished it."""
    result = waiting_task()
    for worker_id in worker_ids:
        result.claim(worker_id)
    return result


# --- Heartbeats -----------------------------------------------------------------------------------------------------


def test_a_worker_is_alive_from_its_first_beat_until_the_lease_is_over():
    seen("dead", LEASE + SECOND)
    seen("silent", LEASE - 5 * SECOND)
    with Heartbeat("new"):
        assert living_workers() == {"silent", "new"}
    assert WorkerHeartbeat.objects.get(worker_id="new").machine


def test_a_worker_that_beats_again_is_seen_now_and_keeps_its_start():
    seen("worker", dt.timedelta(hours=1))
    with Heartbeat("worker"):
        beat = WorkerHeartbeat.objects.get()
    assert beat.seen_at - beat.started_at >= dt.timedelta(minutes=59)


def test_workers_that_died_long_ago_are_forgotten():
    seen("ancient", dt.timedelta(hours=25))
    seen("dead", dt.timedelta(hours=23))
    forget_old_heartbeats()
    assert WorkerHeartbeat.objects.get().worker_id == "dead"


# --- Lost tasks -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_queue")
@pytest.mark.parametrize("times", [1, 2])
def test_a_task_whose_worker_is_dead_goes_back_to_the_queue(times, worker, caplog):
    seen("dead", LEASE + SECOND)
    lost = running_task(*["dead"] * times)
    assert requeue_lost_tasks() == 1
    assert f"Task {lost.id}" in caplog.text
    worker()
    lost.refresh_from_db()
    assert (lost.status, lost.return_value) == ("SUCCESSFUL", 3)


@pytest.mark.usefixtures("_queue")
def test_a_task_whose_worker_lives_is_left_to_it_even_if_another_lost_it_before():
    seen("alive", 5 * SECOND)
    task = running_task("dead", "alive")
    assert requeue_lost_tasks() == 0
    task.refresh_from_db()
    assert task.status == "RUNNING"


@pytest.mark.usefixtures("_queue")
def test_a_task_that_lost_three_workers_fails_and_says_why(caplog):
    lost = running_task("first", "second", "third")
    assert requeue_lost_tasks() == 1
    lost.refresh_from_db()
    assert lost.status == "FAILED"
    assert "its worker died each of the 3 times that it was tried" in lost.task_result.errors[0].traceback
    assert lost.task_result.errors[0].exception_class is task_queue.TaskLostError
    assert "ERROR" in caplog.text
    assert requeue_lost_tasks() == 0


@pytest.mark.usefixtures("_queue")
def test_tasks_that_wait_or_have_ended_are_no_lost_tasks():
    waiting_task()
    running_task("dead").set_successful(3)
    running_task("dead").set_failed(ValueError("wrong"))
    assert requeue_lost_tasks() == 0


# --- The command ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_queue")
def test_one_round_does_all_that_waits_even_after_a_task_that_fails(worker):
    failing, adding = fail.enqueue(), add.enqueue(1, 2)
    assert "does the tasks that wait" in worker()
    for result in (failing, adding):
        result.refresh()
    assert failing.errors[0].exception_class is ValueError
    assert adding.return_value == 3


@pytest.mark.usefixtures("_queue")
def test_one_round_takes_up_what_a_dead_worker_left(worker):
    lost = running_task("dead")
    worker()
    lost.refresh_from_db()
    assert lost.status == "SUCCESSFUL"


def test_without_a_queue_the_worker_says_so_and_still_runs_the_beats(worker, monkeypatch):
    calls = []
    monkeypatch.setattr(beats, "_registered", {})
    beats.register_beat("search", 1, lambda: calls.append("search"))
    assert "no tasks, as without WORKER the site does them; regularly: search." in worker()
    assert calls == ["search"]
    assert not WorkerHeartbeat.objects.exists()


@pytest.mark.usefixtures("_queue")
def test_publishing_a_page_leaves_wagtails_tasks_to_the_worker(worker):
    page = build_frame().home.add_child(instance=StandardPage(title="Mentions légales", slug="mentions"))
    page.save_revision().publish()
    assert {"READY"} == set(DBTaskResult.objects.values_list("status", flat=True))
    worker()
    assert {"SUCCESSFUL"} == set(DBTaskResult.objects.values_list("status", flat=True))


@pytest.mark.usefixtures("_queue")
def test_a_worker_outlives_a_database_that_fails_under_another_name_so_that_what_it_held_is_lost(monkeypatch, caplog):
    names = []

    def run(worker):
        names.append(worker.worker_id)
        if len(names) == 1:
            raise OperationalError("the connection is closed")
        worker.shutdown(signal.SIGTERM, None)

    monkeypatch.setattr(SiteWorker, "run", run)
    monkeypatch.setattr(SiteWorker, "reset_signals", lambda worker: None)
    monkeypatch.setattr(worker_module, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker_module, "SECONDS_BEFORE_RETRY", 0)
    SiteWorker(once=False).run_until_stopped()
    assert len(set(names)) == 2
    assert "The database failed" in caplog.text


@pytest.mark.usefixtures("_queue")
def test_one_round_on_a_database_that_fails_is_an_error(worker, monkeypatch):
    monkeypatch.setattr(SiteWorker, "run_next_task", Mock(side_effect=OperationalError("the connection is closed")))
    with pytest.raises(OperationalError):
        worker()


# --- What operators see ---------------------------------------------------------------------------------------------


@pytest.fixture
def readyz(client, monkeypatch):
    """What ``/readyz`` says of the worker, whose state alone never makes the site unavailable."""
    monkeypatch.setattr(health, "_checks", {"worker": health._checks["worker"]})

    def readyz() -> str:
        response = client.get("/readyz")
        assert response.status_code == 200
        return response.json()["worker"]

    return readyz


def test_without_a_queue_nobody_misses_a_worker(readyz):
    assert readyz() == "tasks are done at once"


@pytest.mark.usefixtures("_queue")
def test_a_worker_that_is_seen_and_keeps_up_is_at_work(readyz):
    seen("worker", 5 * SECOND)
    waiting_task()
    assert readyz() == "at work"


@pytest.mark.usefixtures("_queue")
def test_a_missing_worker_is_told_with_the_last_time_that_one_was_seen(readyz):
    assert readyz() == "degraded: no worker seen"
    moment = dt.datetime(2026, 3, 5, 13, 2, tzinfo=dt.UTC)
    seen("worker", timezone.now() - moment)
    assert readyz() == "degraded: no worker seen since 2026-03-05 14:02"


@pytest.mark.usefixtures("_queue")
def test_tasks_that_wait_for_too_long_are_counted_from_when_they_could_start(readyz):
    seen("worker", 5 * SECOND)
    now = timezone.now()
    late, put_off, put_off_until_now = waiting_task(), waiting_task(), waiting_task()
    DBTaskResult.objects.update(enqueued_at=now - dt.timedelta(minutes=11))
    DBTaskResult.objects.filter(pk=put_off.pk).update(run_after=now + dt.timedelta(days=1))
    DBTaskResult.objects.filter(pk=put_off_until_now.pk).update(run_after=now - dt.timedelta(minutes=9))
    assert readyz() == "degraded: tasks waiting for more than 10 minutes: 1"
    late.delete()
    assert readyz() == "at work"


@pytest.mark.usefixtures("_queue")
def test_a_database_that_fails_leaves_the_worker_unknown(readyz, monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(task_queue, "living_workers", fail)
    assert readyz() == "degraded: unknown"
