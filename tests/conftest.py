import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from metropole.demo.frame import build_frame
from metropole.search import registry
from metropole.search.engines import get_stores
from metropole.search.models import OutboxEntry
from metropole.search.rebuilding import rebuild

DATABASES = {"db", "transactional_db", "database", "migrated_database"}
"""The fixtures that give a test a database."""
TOGETHER = ("tests/browser/", "tests/demo/test_content.py", "tests/test_third_locale.py")
"""The tests that share what takes long to build."""


class Scheduling(LoadScopeScheduling):
    """Hands out tests one by one, those that go together to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What uses no database says nothing more on a second kind of it."""
    for item in items:
        if not item.get_closest_marker("django_db") and DATABASES.isdisjoint(item.fixturenames):
            item.add_marker(pytest.mark.one_database)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """The site's home and sections stand before the first test: making them again for each costs minutes in all."""
    # Where no test asks for a database (a file of browser tests alone), none was made to put them in.
    if not any(item.get_closest_marker("django_db") or "db" in item.fixturenames for item in request.session.items):
        return
    with django_db_blocker.unblock(), transaction.atomic():
        build_frame()
        OutboxEntry.objects.all().delete()


@pytest.fixture(autouse=True)
def _fresh_start(settings):
    """What one test keeps (menus, vocabularies, the language of its last request) is not there for the next."""
    cache.clear()
    registry.forget_everything()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def rebuild_index(db):
    """Indexes what the test has published so far; call it again after publishing more."""

    def rebuild_index():
        for store in get_stores():
            rebuild(store)

    rebuild_index()
    return rebuild_index


@pytest.fixture
def database(tmp_path, django_db_blocker):
    """The address of an empty database, on the same server as that of the other tests if they have one."""
    if connection.vendor == "sqlite":
        yield _address_of(tmp_path / "site.sqlite3")
        return
    with django_db_blocker.unblock(), _created_database() as address:
        yield address


@pytest.fixture
def migrated_database(tmp_path, db):
    """Such a database with all that migrations make: a copy of that of the other tests, which takes no time."""
    if connection.vendor == "sqlite":
        (tmp_path / "site.sqlite3").write_bytes(connection.connection.serialize())
        yield _address_of(tmp_path / "site.sqlite3")
        return
    # Only what nobody is connected to can be copied.
    connection.close()
    with _created_database(connection.settings_dict["NAME"]) as address:
        yield address


def _address_of(file: Path) -> str:
    return f"sqlite:///{file}"


@contextmanager
def _created_database(template: str = "template1") -> Iterator[str]:
    name = f"scratch_{uuid4().hex}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
