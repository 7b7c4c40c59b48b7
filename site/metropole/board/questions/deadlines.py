"""When questions on a need are taken, and when their answers are published: by the clock, as all of its life."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import NeedMode, NeedState
from ..models import Need
from ..states import state_of

GONE = (NeedState.WITHDRAWN, NeedState.MERGED)
"""Needs whose questions nobody owes an answer any more."""


def questions_end(need: Need) -> dt.datetime | None:
    """Until when one may ask, this instant left out: until the closing where nobody has said otherwise."""
    return need.questions_close_at or need.closes_at


def answers_due(need: Need) -> dt.datetime | None:
    return need.answers_due_at or need.closes_at


def why_no_question(need: Need, now: dt.datetime | None = None) -> str:
    """Why nobody asks anything about a need at an instant, the present one by default; "" where one may."""
    now = now or timezone.now()
    if need.mode == NeedMode.REFERRAL:
        return _("This need refers to an official consultation: ask there.")
    if state_of(need, now) != NeedState.OPEN:
        return _("This need is not open: it takes no questions.")
    if now >= questions_end(need):
        return _("The time for questions on this need is over.")
    return ""


def why_no_answer(need: Need, now: dt.datetime | None = None) -> str:
    """Why nothing about its questions changes any more at an instant; "" as long as the need is open."""
    if state_of(need, now) != NeedState.OPEN:
        return _("This need is not open any more: its questions and answers stay as they are.")
    return ""


def answers_are_owed(need: Need, now: dt.datetime | None = None) -> bool:
    """Whether the answers are due, so that everybody reads how many are missing."""
    now = now or timezone.now()
    due = answers_due(need)
    return due is not None and due <= now and need.published_at is not None and state_of(need, now) not in GONE
