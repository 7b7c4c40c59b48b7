"""A direct enquiry that becomes a sourcing, as more authorities join it than the threshold of the law allows.

It is a material change: companies have time to answer anew. It only takes rights from the authorities, and changes no
word of theirs: the lead makes it without a moderator.
"""

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.core.lists.rows import as_text
from metropole.moderation.working_days import is_working_day

from ..enums import AmendmentKind, NeedMode
from ..lifecycle.attempts import Attempt
from ..lifecycle.effects import digest
from ..lifecycle.guards import LATEST_HOUR, SHORTEST, TIME_AFTER_CHANGE
from ..lifecycle.registry import register_effect, register_guard
from ..lifecycle.services import take
from ..models import Need
from ..publishing.steps import move_closing
from .amendments import publish

NEEDED = SHORTEST[NeedMode.SOURCING]
MARGIN = dt.timedelta(minutes=5)
"""For who reads the form, before they send it."""


def turn_to_sourcing(need: Need, person: AbstractUser, reason: str, closes_at: dt.datetime | None = None) -> Need:
    """``closes_at``: the new closing, where the present one leaves too little time."""
    return take(need, "turn_to_sourcing", person, reason=reason.strip(), closes_at=closes_at, is_material=True)


def earliest_closing(need: Need) -> dt.datetime:
    """The present closing, or the first one that leaves the time which is owed."""
    earliest = max(timezone.now() + TIME_AFTER_CHANGE + MARGIN, need.published_at + NEEDED)
    if need.closes_at >= earliest:
        return need.closes_at
    local = timezone.localtime(earliest)
    day = local.date() + dt.timedelta(days=local.time() > LATEST_HOUR)
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, LATEST_HOUR))


@register_guard("was_direct_enquiry", gettext_lazy("The need is a direct enquiry."))
def was_direct_enquiry(attempt: Attempt) -> None:
    if attempt.need.mode != NeedMode.DIRECT:
        raise ValidationError(_("This need is no direct enquiry: its mode stays."))


@register_guard(
    "leaves_time_of_a_sourcing", gettext_lazy("From its publication to its closing, a sourcing lasts 15 days at least.")
)
def leaves_time_of_a_sourcing(attempt: Attempt) -> None:
    closes_at = attempt.details.get("closes_at") or attempt.need.closes_at
    if closes_at - attempt.need.published_at < NEEDED:
        words = {"days": NEEDED.days}
        said = _("A sourcing lasts %(days)d days at least from its publication: put the closing off.")
        raise ValidationError({"closes_at": said % words})


@register_effect("turn_to_sourcing")
def turned(attempt: Attempt) -> None:
    need, closes_at = attempt.need, attempt.details.get("closes_at")
    changes = [{"field": "mode", "old": NeedMode.DIRECT.value, "new": NeedMode.SOURCING.value}]
    if need.weightings:
        changes.append({"field": "weightings", "old": as_text(need.weightings), "new": ""})
    if closes_at and closes_at > need.closes_at:
        changes.append({"field": "closes_at", "old": need.closes_at.isoformat(), "new": closes_at.isoformat()})
        move_closing(need, closes_at)
    need.mode, need.weightings = NeedMode.SOURCING, []
    need.digest = digest(need)
    publish(attempt, AmendmentKind.MATERIAL, changes, closes_at)
