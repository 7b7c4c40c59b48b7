"""Several processes on one database and one index."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path):
    """Starts a process; ``verb`` is a function of ``tests.search.worker``."""
    environment = os.environ | {"VAR_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)

    def start(verb, *arguments):
        command = [sys.executable, "-m", "tests.search.worker", verb, *arguments]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    return start


@pytest.fixture
def run(start):
    """Runs a process to its end; gives its exit code and what it wrote."""

    def run(verb, *arguments):
        process = start(verb, *arguments)
        written, _ = process.communicate(timeout=120)
        return process.returncode, written.strip()

    assert run("prepare") == (0, "")
    return run


def test_two_processes_that_save_at_once_lose_nothing_and_leave_nothing_waiting(run, start):
    savers = [start("save", prefix) for prefix in ("rouge", "vert")]
    assert [saver.communicate(timeout=120) and saver.returncode for saver in savers] == [0, 0]
    assert run("count", "") == (0, "40 0")


@pytest.mark.parametrize("death", ["save_and_die_before_writing", "save_and_die_after_writing"])
def test_what_a_killed_process_saved_is_found_after_the_next_change(run, death):
    code, _ = run(death, "orphelin")
    assert code == -9
    assert run("count", "")[1].endswith(" 1")
    assert run("drain", "") == (0, "")
    assert run("count", "orphelin") == (0, "1 0")


def test_a_rebuild_that_is_killed_leaves_the_index_as_it_was(run, tmp_path):
    run("save", "rouge")
    assert run("rebuild_and_die", "")[0] == -9
    assert run("count", "") == (0, "20 0")
    run("save", "vert")
    assert run("count", "") == (0, "40 0")


def test_what_is_rolled_back_is_not_indexed(run):
    run("save_then_roll_back", "jamais")
    assert run("count", "") == (0, "0 0")


def test_a_process_that_serves_finds_within_a_second_what_another_publishes(run, start):
    server = start("serve", "")
    server.stdin.write("rouge0\n")
    server.stdin.flush()
    assert server.stdout.readline().strip() == "0 0"
    run("save", "rouge")
    begun = time.monotonic()
    server.stdin.write("rouge0\n")
    server.stdin.flush()
    assert server.stdout.readline().strip() == "1 0"
    assert time.monotonic() - begun < 1
    server.communicate(timeout=60)
