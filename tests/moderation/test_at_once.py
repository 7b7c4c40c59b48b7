import json
import os
import subprocess
import sys

from django.conf import settings

ROUNDS = 3


def test_of_two_who_approve_at_once_one_publishes_and_the_other_is_refused(migrated_database, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.moderation.at_once"], cwd=settings.ROOT, capture_output=True, text=True,
        env=os.environ | {"DATABASE_URL": migrated_database, "VAR_DIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    once = {
        "told": [
            "It is published, and its authors are told.",
            "This is not possible any more: meanwhile somebody has changed it.",
        ],
        "live": True, "publications": 1, "journal": 1, "news": 1, "mails": 1,
    }  # fmt: skip
    assert [json.loads(line) for line in done.stdout.splitlines()] == [once] * ROUNDS
