"""Workers as processes, killed while they send: no e-mail goes out twice, and none is lost from sight."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Event

import pytest

from .mail_steps import START
from .smtp_server import MailServer

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 40
KILLS = 6


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


@pytest.fixture
def start(tmp_path, database, server):
    """Starts a process that does some of the steps of ``mail_steps``; it is gone when the test ends."""
    host, port = server.address
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "metropole.settings.dev",
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://{host}:{port}",
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
def states(start):
    """By address, what has become of the mail."""

    def states() -> dict[str, str]:
        process = start("tell_states")
        written, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return dict(line.split() for line in written.splitlines())

    return states


def finish(process):
    process.communicate(timeout=120)
    assert process.returncode == 0


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return found


def addresses(server) -> Counter:
    return Counter(message["To"] for message in server.taken)


@pytest.mark.parametrize("about", ["tell", "write"])
def test_workers_that_are_killed_at_random_send_no_mail_twice_and_leave_none_unaccounted_for(
    start, states, server, about
):
    server.delay = lambda: time.sleep(random.uniform(0, 0.008))
    finish(start("prepare", f"{about}:{PEOPLE}"))
    killed = [start(f"work_and_be_killed:{KILLS}") for _ in range(2)]
    for process in killed:
        finish(process)
    start("work")
    told = wait_for(lambda: (now := states()) and not {"waiting", "sending"} & set(now.values()) and now)
    taken = addresses(server)
    assert len(told) == PEOPLE
    assert set(taken.values()) == {1}
    assert set(told.values()) <= {"sent", "unknown"}
    sent = {address for address, state in told.items() if state == "sent"}
    assert sent <= set(taken)
    assert set(taken) - sent <= {address for address, state in told.items() if state == "unknown"}


@pytest.mark.parametrize("about", ["tell", "write"])
@pytest.mark.parametrize(("moment", "taken"), [("MAIL", 0), ("END", 1)])
def test_a_mail_whose_worker_is_killed_in_the_midst_is_listed_and_not_sent_again(
    start, states, server, about, moment, taken
):
    reached, released = Event(), Event()
    usual = server.answer_to

    def answer(verb):
        if verb == moment:
            reached.set()
            released.wait(30)
        return usual(verb)

    server.answer_to = answer
    finish(start("prepare", f"{about}:1"))
    worker = start("work")
    assert reached.wait(60)
    worker.kill()
    worker.wait()
    assert states() == {"p0@example.org": "sending"}
    released.set()
    server.answer_to = usual
    start("work")
    wait_for(lambda: states() == {"p0@example.org": "unknown"})
    time.sleep(2)
    assert len(server.taken) == taken


def test_two_workers_at_once_send_each_mail_once(start, states, server):
    finish(start("prepare", f"tell:{PEOPLE}"))
    for _ in range(2):
        start("work")
    wait_for(lambda: set(states().values()) == {"sent"})
    assert set(addresses(server).values()) == {1}
    assert len(server.taken) == PEOPLE
