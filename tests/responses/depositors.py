"""Companies that deposit around the closing of a need: ``python -m tests.responses.depositors`` on an own database.

The first process makes the need and the drafts, then starts the others, each with its share: ``… SHARE``, pairs of a
response's key and of the moment, in seconds from the closing, at which it is to be handed in. Once all of them are
ready, they are told when the need closes.
"""

import json
import os
import subprocess
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "metropole.settings.test"
django.setup()

import datetime as dt

from django.conf import settings

from metropole.responses.models import Response
from metropole.responses.sealing import seal_data
from metropole.responses.writing import services
from metropole.responses.writing.holding import TooLateError
from tests.factories import MembershipFactory, NeedFactory, ResponseFactory

DEPOSITS, PROCESSES = 200, 8
AROUND = 0.05
"""Seconds before and after the closing."""
AHEAD = 14.0
"""Seconds between the announcement of the closing and the closing itself."""
EARLY, LATE = 12.0, 2.0
"""Seconds before and after the closing at which each process hands in one more. A process that is busy starting, on a
machine that has other work, takes long over its first.
"""


def main() -> None:
    """Prints a line for each deposit: the instants of the call, and what came of it."""
    agents = [MembershipFactory(organisation__commune=False, deposits=True) for _ in range(DEPOSITS + 2 * PROCESSES)]
    need = NeedFactory(essential_criteria="")
    responses = [
        ResponseFactory(need=need, organisation=agent.organisation, begun_by=agent.person, draft=seal_data(complete()))
        for agent in agents
    ]
    step = 2 * AROUND / DEPOSITS
    moments = [-AROUND + number * step for number in range(DEPOSITS)] + [-EARLY] * PROCESSES + [LATE] * PROCESSES
    planned = list(zip((str(response.pk) for response in responses), moments, strict=True))
    shares = [sorted(planned[start::PROCESSES], key=lambda one: one[1]) for start in range(PROCESSES)]
    started = [_start(share) for share in shares]
    for process in started:
        process.stdout.readline()
    closing = time.time() + AHEAD
    need.closes_at = dt.datetime.fromtimestamp(closing, dt.UTC)
    need.save()
    for process in started:
        process.stdin.write(f"{closing!r}\n")
        process.stdin.flush()
    said = [process.communicate()[0] for process in started]
    failed = [process.returncode for process in started if process.returncode]
    print("".join(said) + json.dumps({"closing": closing, "failed": failed}))


def _start(share: list[tuple[str, float]]) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.responses.depositors", json.dumps(share)]
    # Each tells what it did through a pipe of its own: in one, their lines would mingle.
    return subprocess.Popen(command, cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def complete() -> dict:
    """A draft that lacks nothing, to a need that has no criteria."""
    answers = {"summary": "Une réponse.", "approach": "Une démarche.", "calendar": "Trois mois."}
    return {"answers": answers, "words": {}, "files": []}


def deposit_in_turn(share: list[tuple[str, float]]) -> None:
    Response.objects.exists()
    print("ready", flush=True)
    closing = float(sys.stdin.readline())
    related = Response.objects.select_related("need", "organisation", "begun_by")
    by_key = {str(response.pk): response for response in related.filter(pk__in=[key for key, _moment in share])}
    for key, moment in share:
        response = by_key[key]
        time.sleep(max(0, closing + moment - time.time()))
        began = time.time()
        try:
            at = services.deposit(response, response.begun_by, response.draft_version).at.timestamp()
        except TooLateError:
            at = None
        print(json.dumps({"began": began, "ended": time.time(), "at": at}), flush=True)


if __name__ == "__main__":
    deposit_in_turn(json.loads(sys.argv[1])) if len(sys.argv) > 1 else main()
