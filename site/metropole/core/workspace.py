"""The workspace of who has signed in: each app adds its screens to its menu, and its parts to its home."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.functional import Promise

Context = Mapping[str, object]


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


@dataclass(frozen=True)
class Part:
    """A part of the workspace's home, such as what waits for a person.

    ``context`` gives what the template finds in ``part``; None where there is nothing to show. The template begins with
    its heading, an h2.
    """

    template: str
    context: Callable[[AbstractUser], Context | None]
    order: int


@dataclass(frozen=True)
class Beginning:
    """Something that a person may begin from the workspace's home. ``explanation`` says what for, in a sentence.

    ``is_for``: whether it is offered to them; ``order``: from first to last.
    """

    label: str | Promise
    explanation: str | Promise
    url_name: str
    order: int
    is_for: Callable[[AbstractUser], bool] = lambda person: True


@dataclass(frozen=True)
class ShownPart:
    template: str
    context: Context


_screens: dict[str, Screen] = {}
_parts: list[Part] = []
_beginnings: list[Beginning] = []


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


def register_part(part: Part) -> None:
    """From ``AppConfig.ready()``."""
    _parts.append(part)


def register_beginning(beginning: Beginning) -> None:
    """From ``AppConfig.ready()``."""
    _beginnings.append(beginning)


def workspace_parts(person: AbstractUser) -> list[ShownPart]:
    """The parts of the home that have something to show, from first to last."""
    contexts = ((part.template, part.context(person)) for part in sorted(_parts, key=lambda part: part.order))
    return [ShownPart(template, context) for template, context in contexts if context is not None]


def beginnings(person: AbstractUser) -> list[Beginning]:
    """What a person may begin, from first to last."""
    return [one for one in sorted(_beginnings, key=lambda one: one.order) if one.is_for(person)]
