"""What may be said of a deployment: its dates and how its stages follow each other, checked wherever it is said."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import DECLARED_STAGES, Stage

EARLIEST = dt.date(1990, 1, 1)
"""No solution of the catalogue is older: an earlier day is a slip of the keyboard."""


@dataclass(frozen=True)
class Said:
    """What an agent, or a source, says. ``since``: when the present stage began; None where it is not known."""

    stage: str
    since: dt.date | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    scope: str = ""
    cost_class: str = ""
    note: str = ""

    @property
    def stated(self) -> dict[str, Any]:
        """By field of a statement."""
        return {name: value for name, value in vars(self).items() if name != "since"}

    def but(self, **changes: Any) -> "Said":
        return replace(self, **changes)


@dataclass(frozen=True)
class Source:
    """Where the editors read it."""

    source: str
    source_url: str = ""
    is_example: bool = False


def said_of(values: Mapping[str, Any]) -> Said:
    """What a first declaration says: its stage began with it, or with its end."""
    stage, started_on = values["stage"], values.get("started_on")
    ended_on = values.get("ended_on") if stage == Stage.STOPPED else None
    words = {name: values.get(name) or "" for name in ("scope", "cost_class", "note")}
    return Said(stage, ended_on if stage == Stage.STOPPED else started_on, started_on, ended_on, **words)


def check(said: Said, source: Source | None = None) -> None:
    """Raises ValidationError, by field. A public source may leave out the stage and the dates; an agent may not."""
    faults = _missing(said) if source is None else {}
    if source and not source.source.strip():
        faults["source"] = _("Say where it comes from.")
    for name in ("started_on", "ended_on", "since"):
        day = getattr(said, name)
        if day and not EARLIEST <= day <= timezone.localdate():
            faults[name] = _("This day is before 1990 or in the future: check the year.")
    faults = _out_of_order(said) | faults
    if faults:
        raise ValidationError(faults)


def _missing(said: Said) -> dict[str, str]:
    faults = {}
    if said.stage not in DECLARED_STAGES:
        faults["stage"] = _("Say at which stage your authority is.")
    if not said.started_on:
        faults["started_on"] = _("Say since when; the first of the month if you do not know the day.")
    if said.stage == Stage.STOPPED and not said.ended_on:
        faults["ended_on"] = _("Say when it stopped.")
    return faults


def _out_of_order(said: Said) -> dict[str, str]:
    faults = {}
    if said.started_on and said.ended_on and said.ended_on < said.started_on:
        faults["ended_on"] = _("It cannot have stopped before it began.")
    if said.started_on and said.since and said.since < said.started_on:
        faults["since"] = _("A stage cannot begin before the deployment.")
    return faults
