"""What everybody reads of a published need besides its words: its state, its dates, its facts, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metropole.content.sheets import Fact
from metropole.core.numbers import Count
from metropole.core.templatetags.site_tags import paris_time, reader_date

from ..enums import NeedMode, NeedState
from ..models import Need, NeedText

SILENT_AFTER = dt.timedelta(days=60)
"""After its closing, how long until readers are told that nobody has said what became of a need."""

MODES = {
    NeedMode.SOURCING: gettext_lazy(
        "Sourcing: the authority asks what exists before it buys. No prices are ranked and nothing is awarded."
    ),
    NeedMode.DIRECT: gettext_lazy(
        "Direct enquiry: below the threshold of the law, the authority may buy from one of those who respond, "
        "outside this site."
    ),
    NeedMode.REFERRAL: gettext_lazy(
        "Referral: an official consultation exists on the buyer profile. One responds there, not here."
    ),
}
NOTICES = {
    NeedState.WITHDRAWN: gettext_lazy(
        "This need is withdrawn. It takes no responses; those that were handed in are never opened."
    ),
    NeedState.ADOPTED: gettext_lazy("A solution is adopted."),
    NeedState.SYNTHESIS: gettext_lazy("The synthesis of the responses is published."),
    NeedState.NONE_SUITABLE: gettext_lazy("No response was suitable."),
    NeedState.ABANDONED: gettext_lazy("The authority has abandoned this need."),
    NeedState.CONSULTATION: gettext_lazy("An official consultation is launched: one responds there."),
    NeedState.ARCHIVED: gettext_lazy("This need is archived: it is kept here to be read."),
}


@dataclass(frozen=True)
class Notice:
    """What stands above all of a need at its end. ``url``: where it goes on."""

    text: str
    at: dt.datetime | None = None
    reason: str = ""
    url: str = ""


def notices(need: Need) -> list[Notice]:
    """Of a need at its end: why, and what became of it; also once it is archived."""
    state, found = need.state, []
    if state == NeedState.ARCHIVED:
        found.append(Notice(str(NOTICES[state]), need.archived_at))
    if need.withdrawn_at:
        found.append(Notice(str(NOTICES[NeedState.WITHDRAWN]), need.withdrawn_at, need.withdrawal_reason))
    if need.outcome:
        text = str(NOTICES[NeedState(need.outcome)])
        found.append(Notice(text, need.outcome_at, need.outcome_reason, need.outcome_url))
    if is_silent(need):
        found.append(Notice(_("What became of it is not communicated: it closed more than 60 days ago.")))
    return found


def is_silent(need: Need, now: dt.datetime | None = None) -> bool:
    """Whether an outcome has been owed for long."""
    now = now or timezone.now()
    if need.outcome or need.withdrawn_at or need.merged_at or need.archived_at or need.closes_at is None:
        return False
    return now - need.closes_at >= SILENT_AFTER


def remaining(until: dt.datetime, now: dt.datetime | None = None) -> str:
    """The time that is left, in its two largest parts; "" once there is none."""
    left = int((until - (now or timezone.now())).total_seconds())
    if left < 0:
        return ""
    days, rest = divmod(left, 86_400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    parts = [
        days and ngettext("%(count)d day", "%(count)d days", days) % {"count": days},
        hours and ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours},
        not days and minutes and ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes},
    ]
    match [part for part in parts if part]:
        case [first, second]:
            return _("%(first)s and %(second)s") % {"first": first, "second": second}
        case [only]:
            return only
    return _("less than a minute")


def mode_in_words(need: Need) -> str:
    return str(MODES.get(need.mode, ""))


def value_in_words(need: Need) -> str:
    """The band that the authority lets everybody read."""
    if need.value_low is None and need.value_high is None:
        return ""
    if not need.value_is_public:
        return _("not public")
    return band(need.value_low, need.value_high)


def band(low: int | None, high: int | None) -> str:
    words = {"low": Count(low or 0), "high": Count(high or 0)}
    if high is None:
        return _("from %(low)s € without tax") % words
    return _("from %(low)s to %(high)s € without tax") % words


def facts(need: Need) -> list[Fact]:
    """What a card of facts shows to everybody; what nobody has said is ""."""
    return [Fact(_("Estimated value"), value_in_words(need)), *terms(need)]


def terms(need: Need) -> list[Fact]:
    """What would be bought, and how the authority means to go on."""
    months = need.duration_months or 0
    duration = ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return [
        Fact(_("What would be bought"), capfirst(need.get_purchase_kind_display())),
        Fact(_("Phase"), capfirst(need.get_phase_display()) if need.phase else ""),
        Fact(_("Wished start"), reader_date(need.wished_start)),
        Fact(_("Duration"), duration if months else ""),
        Fact(_("Demonstrations"), "" if need.demonstrations is None else str(need.demonstrations)),
    ]


def dates(need: Need) -> dict[str, Any]:
    """When it opens, when questions and responses end, and how long there is left."""
    return {
        "need": need,
        "state": need.state,
        "is_open": need.is_open,
        "remaining": remaining(need.closes_at) if need.is_open else "",
        "mode": mode_in_words(need),
    }


def instants(need: Need) -> list[Fact]:
    """The dates of a need, for who decides on it."""
    return [
        Fact(_("Questions until"), paris_time(need.questions_close_at)),
        Fact(_("Answers by"), paris_time(need.answers_due_at)),
        Fact(_("Closes"), paris_time(need.closes_at)),
    ]


def criteria(need: Need, text: NeedText) -> dict[str, Any] | None:
    """What respondents answer, and how they are weighed."""
    if not (text.essential or text.desirable or need.weightings):
        return None
    return {"text": text, "need": need, "weightings": need.weightings}
