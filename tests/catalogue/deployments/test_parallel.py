import os
import subprocess
import sys

from django.conf import settings


def test_fifty_who_declare_the_same_at_once_make_one(migrated_database, tmp_path):
    script = "import django; django.setup(); from tests.catalogue.deployments.at_once import declare; declare()"
    environment = os.environ | {"DATABASE_URL": migrated_database, "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-4:] == ["1", "1", "200", "302"]
