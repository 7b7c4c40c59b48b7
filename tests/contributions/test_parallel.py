import os
import subprocess
import sys

from django.conf import settings


def test_fifty_sendings_at_once_make_one_page(migrated_database, tmp_path):
    environment = os.environ | {"DATABASE_URL": migrated_database, "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.contributions.parallel_steps"],
        cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[302] 1 1 1"
