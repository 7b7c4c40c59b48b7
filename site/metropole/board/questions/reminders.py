"""Reminds the lead authority of the questions that it has not answered."""

import datetime as dt

from django.utils import timezone

from ..enums import NeedState, QuestionState
from ..models import Need
from ..states import state_expression
from .deadlines import answers_due
from .notices import waiting

BEFORE_CLOSING = dt.timedelta(days=1)


def remind_of_answers() -> None:
    """Once when answers are due, and once more the day before the closing."""
    now = timezone.now()
    unanswered = Need.objects.filter(questions__state=QuestionState.ASKED).annotate(state_now=state_expression(now))
    for need in unanswered.filter(state_now=NeedState.OPEN).select_related("organisation").distinct():
        reached = [moment for moment in (answers_due(need), need.closes_at - BEFORE_CLOSING) if moment <= now]
        if reached:
            waiting(need, max(reached))
