import json
import os
import subprocess
import sys

from django.conf import settings

ROUNDS = 3


def test_of_two_that_join_at_once_and_cross_the_threshold_together_one_joins(migrated_database, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.board.sharing.at_once"], cwd=settings.ROOT, capture_output=True, text=True,
        env=os.environ | {"DATABASE_URL": migrated_database, "VAR_DIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    once = {"joined": 1, "value": 45_000, "amendments": 1}
    assert [json.loads(line) for line in done.stdout.splitlines()] == [once] * ROUNDS
