"""The public history of a need: each public step of the table and the closing by the clock, never a person."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..lifecycle.table import STEP_BY_NAME, Who
from ..models import Need


@dataclass(frozen=True)
class Happened:
    """``number``: its place, which never changes. ``amendment``: the number of the change, 0 where it is none."""

    number: int
    at: dt.datetime
    label: str
    by: str
    reason: str = ""
    amendment: int = 0

    @property
    def anchor(self) -> str:
        return f"step-{self.number}"


def history(need: Need) -> list[Happened]:
    """From the first to the last."""
    events = [event for event in need.events.select_related("organisation") if _is_public(event.action)]
    found = [
        (
            event.at,
            STEP_BY_NAME[event.action],
            str(event.organisation or ""),
            event.reason,
            event.details.get("amendment") or 0,
        )
        for event in events
    ]
    if need.published_at:
        found.append((need.published_at, STEP_BY_NAME["publish"], "", "", 0))
    if is_closed(need):
        found.append((need.closes_at, STEP_BY_NAME["close"], "", "", 0))
    found.sort(key=lambda one: one[0])
    return [
        Happened(number, at, capfirst(str(step.label)), _by(step.who, organisation), reason, amendment)
        for number, (at, step, organisation, reason, amendment) in enumerate(found, start=1)
    ]


def is_closed(need: Need) -> bool:
    """Whether the clock has closed it: not what was taken back before."""
    is_past = need.published_at is not None and need.closes_at <= timezone.now()
    return is_past and need.withdrawn_at is None and need.merged_at is None


def _is_public(action: str) -> bool:
    """The publication is told from the need itself, which may be older than its events."""
    return action != "publish" and action in STEP_BY_NAME and STEP_BY_NAME[action].is_public


def _by(who: Who, organisation: str) -> str:
    """The authority that acted: moderators act for the Métropole."""
    if who == Who.MODERATOR:
        return _("the moderators of the Métropole du Grand Paris")
    return "" if who == Who.CLOCK else organisation
