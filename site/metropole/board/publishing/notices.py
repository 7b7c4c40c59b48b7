"""What people are told of each step of a need: once, in the minute of the step, each in their own language."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from metropole.core.templatetags.site_tags import reader_date
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify

from ..audience import people
from ..enums import NeedState
from ..lifecycle.attempts import Attempt
from ..lifecycle.services import locked, note
from ..lifecycle.table import STEP_BY_NAME, Told
from ..models import Need
from ..notices import TOPIC
from ..states import state_expression

IN_PERSON = (Told.AUTHORS, Told.CARRIERS, Told.FOLLOWERS, Told.RESPONDENTS)
"""Moderators have their queue; companies that a need fits are told why, one by one (see ``matching``)."""
OF_AUTHORITIES = (Told.AUTHORS, Told.CARRIERS)
LOOKED_BACK = dt.timedelta(days=30)
"""How long after its closing a need is still told of, where no worker was running."""

_WHY = _("Your authority carries this need, or you follow it, have asked a question or prepare a response.")
_REASON = _("%(organisation)s:\n%(reason)s")

# fmt: off
KINDS = (
    Kind("need.submit", TOPIC, _("“%(title)s” is submitted"),
         _("The moderators read the need of %(organisation)s before it is published."), _WHY),
    Kind("need.give_back", TOPIC, _("Corrections are asked for in “%(title)s”"),
         _("The moderators give the need back, and say why:\n%(reason)s"), _WHY),
    Kind("need.publish", TOPIC, _("“%(title)s” is published"),
         _("The need of %(organisation)s is open: everybody reads it."), _WHY),
    Kind("need.amend", TOPIC, _("“%(title)s” is clarified"), _REASON, _WHY),
    Kind("need.amend_materially", TOPIC, _("“%(title)s” has changed: look at your response"), _REASON, _WHY),
    Kind("need.refuse_amendment", TOPIC, _("The change of “%(title)s” is not published"),
         _("The moderators leave the need as it is, and say why:\n%(reason)s"), _WHY),
    Kind("need.extend", TOPIC, _("“%(title)s” closes later"), _REASON, _WHY),
    Kind("need.withdraw", TOPIC, _("“%(title)s” is withdrawn"),
         _("The need of %(organisation)s takes no more responses; those that it had are never opened.\n%(reason)s"),
         _WHY),
    Kind("need.refuse_withdrawal", TOPIC, _("“%(title)s” is not withdrawn"),
         _("The moderators leave the need open, and say why:\n%(reason)s"), _WHY),
    Kind("need.close", TOPIC, _("“%(title)s” is closed: what comes next is yours"),
         _("Since %(date)s the need takes no more responses. Your workspace says what to do now."), _WHY),
    Kind("need.open_responses", TOPIC, _("“%(title)s”: the responses are opened"),
         _("%(organisation)s now reads what was handed in."), _WHY),
    Kind("need.adopt", TOPIC, _("“%(title)s”: a solution is adopted"), _REASON, _WHY),
    Kind("need.publish_synthesis", TOPIC, _("“%(title)s”: the synthesis is published"), _REASON, _WHY),
    Kind("need.find_none_suitable", TOPIC, _("“%(title)s”: no response is suitable"), _REASON, _WHY),
    Kind("need.abandon", TOPIC, _("“%(title)s” is abandoned"), _REASON, _WHY),
    Kind("need.launch_consultation", TOPIC, _("“%(title)s”: an official consultation is launched"), _REASON, _WHY),
    Kind("need.clear_outcome", TOPIC, _("“%(title)s”: the outcome is taken back"),
         _("The moderators take back what was recorded, and say why:\n%(reason)s"), _WHY),
    Kind("need.merge", TOPIC, _("“%(title)s” is merged into another need"),
         _("The moderators say why:\n%(reason)s"), _WHY),
    Kind("need.unmerge", TOPIC, _("“%(title)s” stands for itself again"),
         _("The moderators say why:\n%(reason)s"), _WHY),
)
# fmt: on


def register() -> None:
    register_kinds(*KINDS)


def told(attempt: Attempt) -> None:
    """Listener of every step: tells those whom the table names, but for who took it."""
    audiences = [told for told in attempt.step.told if told in IN_PERSON]
    if not audiences:
        return
    need, step = Need.objects.with_texts().select_related("organisation").get(pk=attempt.need.pk), attempt.step
    agents = people(need, *[told for told in audiences if told in OF_AUTHORITIES])
    others = [person for person in people(need, *audiences) if person not in agents]
    event = f"need.{step.name}:{need.pk}:{attempt.now.isoformat()}"
    _tell(need, agents, attempt, event, ("board:manage", str(need.key)))
    _tell(need, others, attempt, event, ("board:need", need.slug))


def _tell(need: Need, whom: Iterable[AbstractUser], attempt: Attempt, event: str, route: tuple[str, ...]) -> None:
    for person in (one for one in whom if one != attempt.person):
        with override(person.language):
            date, title = reader_date(attempt.now), _title(need, person.language)
        words = {"title": title, "organisation": need.organisation.name, "reason": attempt.reason, "date": date}
        notify([person], f"need.{attempt.step.name}", event, route, **words)


def _title(need: Need, language: str) -> str:
    text = need.text_for(language)
    return text.title if text else need.name


def tell_of_closings() -> None:
    """Beat: the clock closes a need by itself; its authorities are told once, and its history notes when."""
    now = timezone.now()
    closed = Need.objects.annotate(state_now=state_expression(now)).filter(
        state_now=NeedState.CLOSED, closes_at__gt=now - LOOKED_BACK
    )
    for need in closed.exclude(events__action="close"):
        _close(need)


@transaction.atomic
def _close(need: Need) -> None:
    need, step = locked(need), STEP_BY_NAME["close"]
    if need.state != NeedState.CLOSED or need.events.filter(action=step.name).exists():
        return
    attempt = Attempt(need, step, need.closes_at, NeedState.OPEN, None, need.organisation)
    note(attempt)
    told(attempt)
