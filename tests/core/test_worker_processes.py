"""Workers as processes, on a database of their own: what becomes of tasks when they are stopped or killed."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .worker_steps import LEASE, START

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path, database):
    """Starts a process that does some of the steps of ``worker_steps``; it is gone when the test ends."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "metropole.settings.dev",
        "DATABASE_URL": database,
        "VAR_DIR": str(tmp_path),
        "WORKER": "true",
    }
    processes = []

    def start(*steps):
        command = [sys.executable, "-c", START, *steps]
        processes.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def run(start):
    """Has a process do some steps, to their end; gives the lines that it wrote."""

    def run(*steps):
        process = start(*steps)
        written, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return written.splitlines()

    return run


@pytest.fixture
def released(tmp_path):
    """The file that tasks wait for before they end."""
    return tmp_path / "released"


def wait_until_written(process, text):
    for line in process.stdout:
        if text in line:
            return
    pytest.fail(f"The process ended without writing “{text}”")


def wait_until_told(run, *lines):
    deadline = time.monotonic() + 60
    while (told := run("tell")) != list(lines):
        assert time.monotonic() < deadline, told


def test_a_task_whose_worker_is_killed_is_finished_by_another(start, run, released):
    run("prepare", f"enqueue:{released}")
    first = start("work")
    wait_until_written(first, "begun")
    first.kill()
    assert run("tell") == ["RUNNING 1"]
    second = start("work")
    wait_until_written(second, "begun")
    released.touch()
    wait_until_told(run, "SUCCESSFUL 2")
    second.terminate()
    assert second.wait(timeout=30) == 0


def test_a_long_task_is_left_to_its_living_worker(start, run, released):
    run("prepare", f"enqueue:{released}")
    first = start("work")
    wait_until_written(first, "begun")
    start("work")
    time.sleep(2 * LEASE)
    assert run("tell") == ["RUNNING 1"]
    released.touch()
    wait_until_told(run, "SUCCESSFUL 1")


def test_a_worker_that_is_told_to_stop_finishes_its_task_first(start, run, released):
    run("prepare", f"enqueue:{released}", f"enqueue:{released}")
    worker = start("work")
    wait_until_written(worker, "begun")
    worker.terminate()
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(timeout=1.5)
    released.touch()
    assert worker.wait(timeout=30) == 0
    assert sorted(run("tell")) == ["READY 0", "SUCCESSFUL 1"]


def test_an_idle_worker_stops_when_told_to(start, run):
    run("prepare")
    worker = start("work")
    wait_until_written(worker, "regularly")
    time.sleep(1)
    worker.terminate()
    assert worker.wait(timeout=10) == 0


def test_workers_that_look_for_lost_tasks_at_once_give_each_back_once(start, run, released):
    run("prepare", "enqueue_lost:50")
    workers = [start(f"requeue_after:{released}") for _ in range(2)]
    for worker in workers:
        wait_until_written(worker, "begun")
    released.touch()
    assert sum(int(worker.communicate(timeout=30)[0]) for worker in workers) == 50
    assert run("tell") == ["READY 1"] * 50
