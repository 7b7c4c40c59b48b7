"""Several processes on one database and one index."""

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from .conftest import ON_BOTH_ENGINES

ROOT = Path(__file__).resolve().parents[2]
pytestmark = ON_BOTH_ENGINES


@pytest.fixture
def environment(engine, settings, tmp_path, django_db_blocker):
    """A database and indexes of their own: SQLite and the embedded index, or the servers of these tests."""
    own = os.environ | {"VAR_DIR": str(tmp_path), "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL}
    own["ELASTICSEARCH_PREFIX"] = settings.ELASTICSEARCH_PREFIX
    own.pop("DATABASE_URL", None)
    if connection.vendor != "postgresql" or not settings.ELASTICSEARCH_URL:
        yield own
        return
    name = f"processes_{uuid4().hex[:12]}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield own | {"DATABASE_URL": f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"}
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def start(environment):
    """Starts a process that does some steps, each a function of ``tests.search.worker`` and its argument."""

    def start(*steps):
        command = [sys.executable, "-m", "tests.search.worker", *steps]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    return start


@pytest.fixture
def run(start):
    """Runs a process to its end; gives its exit code and the lines that it wrote: what is found, what is waiting."""

    def run(*steps):
        process = start(*steps)
        written, _ = process.communicate(timeout=120)
        return process.returncode, written.splitlines()

    return run


def test_two_processes_that_save_at_once_lose_nothing_and_leave_nothing_waiting(run, start):
    run("prepare")
    savers = [start(f"save:{prefix}") for prefix in ("rouge", "vert")]
    assert [saver.communicate(timeout=120) and saver.returncode for saver in savers] == [0, 0]
    assert run("count") == (0, ["40 0"])


@pytest.mark.parametrize("death", ["save_and_die_before_writing", "save_and_die_after_writing"])
def test_what_a_killed_process_saved_is_found_after_the_next_change(run, death):
    assert run("prepare", f"{death}:orphelin")[0] == -9
    assert int(run("count_waiting")[1][0]) > 0
    assert run("save:rouge", "count:orphelin") == (0, ["1 0"])


def test_a_rebuild_that_is_killed_leaves_the_index_as_it_was(run):
    assert run("prepare", "save:rouge", "rebuild_and_die")[0] == -9
    assert run("count", "save:vert", "count") == (0, ["20 0", "40 0"])


def test_what_is_rolled_back_is_not_indexed_and_what_is_published_after_a_commit_is(run):
    assert run("prepare", "save_then_roll_back:jamais", "count") == (0, ["0 0"])
    assert run("save_after_the_commit:traduit", "count:traduit") == (0, ["1 0"])


def test_a_process_that_serves_finds_within_a_second_what_another_publishes(run, start):
    server = start("prepare", "serve")
    assert asked(server, "rouge0") == "0 0"
    run("save:rouge")
    begun = time.monotonic()
    assert asked(server, "rouge0") == "1 0"
    assert time.monotonic() - begun < 1
    server.communicate(timeout=60)


def test_whatever_the_instant_at_which_processes_are_killed_nothing_is_lost(run):
    """Fifty killed while they save or rebuild: no document differs, nothing waits, some index answers."""
    code, lines = run("prepare", "die_at_random:50")
    assert (code, lines[-1].split()[:2], lines[-1].split()[3]) == (0, ["0", "0"], "True")


def asked(server, text):
    server.stdin.write(f"{text}\n")
    server.stdin.flush()
    return server.stdout.readline().strip()
