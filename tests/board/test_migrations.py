"""Needs that were written before their words stood in texts of their own keep them, there and back."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_each_need_keeps_its_words_in_its_own_language_and_gets_them_back(tmp_path, database):
    own = {"DJANGO_SETTINGS_MODULE": "metropole.settings.dev", "DATABASE_URL": database, "VAR_DIR": str(tmp_path)}
    written = subprocess.run(
        [sys.executable, "-m", "tests.board.migration_steps"],
        cwd=ROOT, env=os.environ | own, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    before, texts, again = map(json.loads, written.stdout.splitlines())
    assert [words[:2] for words in before] == [["en", "title en"], ["fr", "title fr"]]
    assert texts == before
    assert again == before
