"""What a process of its own does in ``test_migrations``: ``python -m tests.board.migration_steps``.

It writes down, a line each, what becomes of two needs: their words before, their texts after, their words again.
"""

import json

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("board", "0003_unpublished_last"), ("board", "0006_need_without_words")
WORDS = ("title", "summary", "problem", "expected_result", "work_done", "constraints", "success_criteria")


def migrated(target):
    """The models as they are after a migration."""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


def write(values):
    print(json.dumps(sorted(values)), flush=True)


def words(instance):
    return [getattr(instance, name) for name in WORDS]


def main():
    apps = migrated(BEFORE)
    organisation = apps.get_model("organisations", "Organisation").objects.create(kind="startup", name="A", slug="a")
    needs = apps.get_model("board", "Need").objects
    for language in ("fr", "en"):
        said = {name: f"{name} {language}" for name in WORDS} | {"work_done": ""}
        needs.create(slug=language, language=language, organisation=organisation, **said)
    write([need.language, *words(need)] for need in needs.all())

    texts = migrated(AFTER).get_model("board", "NeedText").objects
    write([text.locale.language_code, *words(text)] for text in texts.filter(live=True))
    original = texts.get(need__slug="fr")
    texts.create(need=original.need, locale=texts.get(need__slug="en").locale, title="A translation")

    needs = migrated(BEFORE).get_model("board", "Need").objects
    write([need.language, *words(need)] for need in needs.all())


if __name__ == "__main__":
    django.setup()
    main()
