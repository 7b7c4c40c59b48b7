"""Companies that deposit around the closing of a need: ``python -m tests.responses.depositors`` on an own database.

The first process makes the need and the drafts, then starts the others, each with its share: ``… MOMENTS`` where each
moment is a response's key and the instant, in seconds since 1970, at which it is to be handed in.
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
from django.db import connection

from metropole.responses.models import Response
from metropole.responses.sealing import seal_data
from metropole.responses.writing import services
from metropole.responses.writing.holding import TooLateError
from tests.factories import MembershipFactory, NeedFactory, ResponseFactory

DEPOSITS, PROCESSES = 200, 8
AROUND = 0.05
"""Seconds before and after the closing."""
TIME_TO_START = 12
"""Seconds that the processes have to start, connect and take one step each before the closing comes near."""
AWAY = 2.0
"""Seconds before and after the closing at which each process hands in one more, which nothing delays."""


def main() -> None:
    """Prints a line for each deposit: the instants of the call, and what came of it."""
    agents = [MembershipFactory(organisation__commune=False, deposits=True) for _ in range(DEPOSITS + 2 * PROCESSES)]
    need = NeedFactory(essential_criteria="")
    responses = [
        ResponseFactory(need=need, organisation=agent.organisation, begun_by=agent.person, draft=seal_data(complete()))
        for agent in agents
    ]
    closing = time.time() + TIME_TO_START
    need.closes_at = dt.datetime.fromtimestamp(closing, dt.UTC)
    need.save()
    step = 2 * AROUND / DEPOSITS
    moments = [(closing - AROUND + number * step) for number in range(DEPOSITS)]
    moments += [closing - AWAY] * PROCESSES + [closing + AWAY] * PROCESSES
    planned = list(zip((str(response.pk) for response in responses), moments, strict=True))
    connection.close()
    shares = [sorted(planned[start::PROCESSES], key=lambda one: one[1]) for start in range(PROCESSES)]
    started = [_start(share) for share in shares]
    said = [process.communicate()[0] for process in started]
    failed = [process.returncode for process in started if process.returncode]
    print("".join(said) + json.dumps({"closing": closing, "failed": failed}))


def _start(share: list[tuple[str, float]]) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.responses.depositors", json.dumps(share)]
    # Each tells what it did through a pipe of its own: in one, their lines would mingle.
    return subprocess.Popen(command, cwd=settings.ROOT, stdout=subprocess.PIPE, text=True)


def complete() -> dict:
    """A draft that lacks nothing, to a need that has no criteria."""
    answers = {"summary": "Une réponse.", "approach": "Une démarche.", "calendar": "Trois mois."}
    return {"answers": answers, "words": {}, "files": []}


def deposit_in_turn(share: list[tuple[str, float]]) -> None:
    related = Response.objects.select_related("need", "organisation", "begun_by")
    found = related.in_bulk([key for key, _at in share], field_name="id")
    by_key = {str(key): response for key, response in found.items()}
    for key, moment in share:
        response = by_key[key]
        time.sleep(max(0, moment - time.time()))
        began = time.time()
        try:
            at = services.deposit(response, response.begun_by, response.draft_version).at.timestamp()
        except TooLateError:
            at = None
        print(json.dumps({"began": began, "ended": time.time(), "at": at}), flush=True)


if __name__ == "__main__":
    deposit_in_turn(json.loads(sys.argv[1])) if len(sys.argv) > 1 else main()
