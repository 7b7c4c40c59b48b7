"""For which organisation a page is being submitted: told by the service to the task that Wagtail starts on its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from metropole.organisations.models import Organisation

_organisation: ContextVar[Organisation | None] = ContextVar("organisation", default=None)


@contextmanager
def acting_for(organisation: Organisation | None) -> Iterator[None]:
    token = _organisation.set(organisation)
    try:
        yield
    finally:
        _organisation.reset(token)


def acting_organisation() -> Organisation | None:
    return _organisation.get()
