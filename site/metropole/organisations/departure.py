"""What somebody should see to before they leave an organisation. What it has stays with it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser

from .models import Organisation

Check = Callable[[AbstractUser, Organisation], list[tuple[str, str]]]
"""What a person still has to hand over in an organisation: what it is, and the address where it is done."""


@dataclass(frozen=True)
class Errand:
    label: str
    url: str


_checks: list[Check] = []


def register_departure_check(check: Check) -> None:
    """From ``AppConfig.ready()``, by each app in which people have something of an organisation in hand."""
    _checks.append(check)


def errands(person: AbstractUser, organisation: Organisation) -> list[Errand]:
    """All that a person has in hand there."""
    return [Errand(label, url) for check in _checks for label, url in check(person, organisation)]
