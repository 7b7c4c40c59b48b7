"""Companies hand in at the last instant, all at once: the need's row and the clock after its lock decide for each."""

import json
import os
import subprocess
import sys

from django.conf import settings

from .depositors import DEPOSITS, PROCESSES


def test_of_two_hundred_deposits_around_the_closing_none_is_late_and_none_is_refused_early(migrated_database, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.responses.depositors"], cwd=settings.ROOT, capture_output=True, text=True,
        env=os.environ | {"DATABASE_URL": migrated_database, "VAR_DIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    summary, deposits = lines[-1], lines[:-1]
    assert summary["failed"] == [], done.stderr
    closing = summary["closing"]
    accepted = [one for one in deposits if one["at"] is not None]
    refused = [one for one in deposits if one["at"] is None]
    assert len(deposits) == DEPOSITS + 2 * PROCESSES
    assert all(one["began"] <= one["at"] < closing for one in accepted)
    # Who was refused had their answer after the closing: before it, the clock lets everybody in.
    assert all(one["ended"] >= closing for one in refused)
    assert len(accepted) >= PROCESSES
    assert len(refused) >= PROCESSES
