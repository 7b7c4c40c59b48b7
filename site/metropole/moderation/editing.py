"""Where the authors of a page change it: said by the app above that has them write."""

from collections.abc import Callable

from wagtail.models import Page

Route = tuple[str | int, ...]
"""The name of an address, then its arguments; empty: nowhere."""

_finders: list[Callable[[Page], Route]] = []


def register_editing(finder: Callable[[Page], Route]) -> None:
    """From ``AppConfig.ready()``."""
    _finders.append(finder)


def editing_route(page: Page) -> Route:
    """Where a page is changed on the site itself, for who may."""
    return next((route for finder in _finders if (route := finder(page))), ())
