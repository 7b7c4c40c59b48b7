"""What the front page shows, brought by the apps that know it: the page itself stands below them all."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

_parts: dict[str, Callable[[HttpRequest], Any]] = {}


def register_home_part(name: str, provider: Callable[[HttpRequest], Any]) -> None:
    """Adds a variable to the front page's template. Called from ``AppConfig.ready()``."""
    _parts[name] = provider


def home_parts(request: HttpRequest) -> dict[str, Any]:
    return {name: provider(request) for name, provider in _parts.items()}
