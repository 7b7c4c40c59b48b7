"""Fifty clicks at once, from two processes, on a database of their own."""

import os
import subprocess
import sys
from pathlib import Path

from .favourite_steps import START

ROOT = Path(__file__).resolve().parents[2]


def test_fifty_clicks_at_once_keep_one_favourite(tmp_path, database):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "metropole.settings.dev",
        "DATABASE_URL": database,
        "VAR_DIR": str(tmp_path),
    }

    def start(*steps):
        command = [sys.executable, "-c", START, *steps]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def finish(process):
        written, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return written

    finish(start("prepare"))
    for process in [start("keep_at_once:25"), start("keep_at_once:25")]:
        finish(process)
    assert finish(start("count")) == "1\n"
