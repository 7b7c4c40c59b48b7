"""The workspace of who has signed in: each app adds its screens to its menu."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Screen:
    """An entry of the menu. ``count``: how many things wait there for a person; ``order``: from first to last."""

    label: str | Promise
    url_name: str
    order: int
    count: Callable[[AbstractUser], int] | None = None


@dataclass(frozen=True)
class MenuEntry:
    label: str
    url: str
    count: int
    is_current: bool
    is_above: bool
    """Whether the page is below the entry's own."""


_screens: dict[str, Screen] = {}


def register_screen(screen: Screen) -> None:
    """From ``AppConfig.ready()``."""
    _screens[screen.url_name] = screen


def workspace_menu(person: AbstractUser, path: str) -> list[MenuEntry]:
    """The menu as seen from a page of the workspace."""
    screens = sorted(_screens.values(), key=lambda screen: screen.order)
    urls = {screen.url_name: reverse(screen.url_name) for screen in screens}
    nearest = max((url for url in urls.values() if path.startswith(url)), key=len, default="")
    return [
        MenuEntry(
            label=str(screen.label),
            url=(url := urls[screen.url_name]),
            count=screen.count(person) if screen.count else 0,
            is_current=url == path,
            is_above=url == nearest != path,
        )
        for screen in screens
    ]
