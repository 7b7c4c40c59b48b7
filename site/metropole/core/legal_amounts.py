"""The amounts of the procurement law that are in force, for apps beside the one that keeps them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class LegalAmount:
    """In euros without tax. ``is_checked``: whether somebody has read the official text itself."""

    label: str
    amount: int
    article: str
    source_url: str
    valid_from: dt.date
    is_checked: bool


_providers: list[Callable[[], list[LegalAmount]]] = []


def register_legal_amounts(provider: Callable[[], list[LegalAmount]]) -> None:
    """From ``AppConfig.ready()``."""
    _providers.append(provider)


def legal_amounts() -> list[LegalAmount]:
    """Those in force today, the lowest first."""
    return sorted((one for provider in _providers for one in provider()), key=lambda one: one.amount)
