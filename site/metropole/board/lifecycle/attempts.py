import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractUser

from metropole.organisations.models import Organisation

from ..enums import NeedState
from ..models import Need
from .table import Step


@dataclass(frozen=True)
class Attempt:
    """Somebody, or the site itself (None), about to take a step with a need whose row is locked.

    ``now``: the instant, read after the lock was got. ``state``: the need's, at that instant. ``details``: what the
    step needs besides, by name.
    """

    need: Need
    step: Step
    now: dt.datetime
    state: NeedState
    person: AbstractUser | None
    organisation: Organisation | None = None
    reason: str = ""
    details: dict[str, Any] = field(default_factory=dict)
