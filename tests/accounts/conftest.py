import pytest

from metropole.accounts.models import User

from .people import make_person


@pytest.fixture
def person(db) -> User:
    """Somebody who signed up, confirmed their address and has no second factor."""
    return make_person()


@pytest.fixture
def administrator(db, settings) -> User:
    settings.ADMIN_REQUIRES_MFA = True
    return make_person(administrator=True)


@pytest.fixture
def commit_at_once(monkeypatch) -> None:
    """Does at once what waits for the end of a transaction, which in a test never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, using=None, robust=False: act())
