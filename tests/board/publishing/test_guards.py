"""What each step of a published life asks: one test for each refusal, by the reason that is given."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from metropole.board.enums import NeedMode, NeedState
from metropole.board.lifecycle.guards import latest_questions
from metropole.board.lifecycle.services import refusals, take
from metropole.board.models import Need, NeedText
from metropole.board.publishing import amendments
from metropole.moderation.working_days import is_working_day
from tests.factories import NeedFactory
from tests.factories.needs import working_hour

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def on(weekday: int, hour: int, minute: int = 0) -> dt.datetime:
    """In Paris, more than 40 days from now: the first day of the week so numbered, which is no public holiday."""
    day = timezone.localdate() + dt.timedelta(days=40)
    while day.weekday() != weekday or is_working_day(day) != (weekday < 5):
        day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


PUBLICATION = {
    "too_short": ({"closes_at": working_hour(8)}, "15"),
    "too_short_directly": ({"closes_at": working_hour(5), "mode": NeedMode.DIRECT}, "10"),
    "saturday": ({"closes_at": on(5, 12)}, "working day"),
    "evening": ({"closes_at": on(2, 17, 1)}, "17:00"),
    "past": ({"closes_at": timezone.now() - dt.timedelta(days=1)}, "past"),
    "questions": ({"questions_close_at": working_hour(29), "answers_due_at": working_hour(30)}, "5 working days"),
    "no_words": ({"essential_criteria": ""}, "essential criterion"),
}


@pytest.mark.parametrize("case", PUBLICATION)
def test_a_need_is_not_published_and_the_reason_is_said(moderator, case):
    changes, reason = PUBLICATION[case]
    need = NeedFactory(in_review=True)
    words = {name: value for name, value in changes.items() if name in NeedText.word_fields}
    facts = {name: value for name, value in changes.items() if name not in words}
    if "closes_at" in facts:
        facts |= {"questions_close_at": None, "answers_due_at": None}
    NeedText.objects.filter(need=need).update(**{"title": "Ombrager la place"} | words)
    Need.objects.filter(pk=need.pk).update(**{"slug": "place"} | facts)
    need.refresh_from_db()
    with translation.override("en"):
        assert any(reason in why for why in refusals(need, "publish", moderator))
    with pytest.raises(ValidationError):
        take(need, "publish", moderator)


def test_a_need_closes_at_the_last_minute_of_a_day_as_well(moderator):
    need = NeedFactory(in_review=True, closes_at=on(2, 23, 59))
    assert take(need, "publish", moderator).state == NeedState.OPEN


def test_questions_close_five_working_days_before():
    paris = timezone.get_default_timezone()
    friday = dt.datetime(2027, 1, 15, 12, tzinfo=paris)
    assert latest_questions(friday) == dt.datetime(2027, 1, 8, 12, tzinfo=paris)


@pytest.mark.parametrize("closes_at", [on(6, 12), on(2, 17, 1), on(2, 23, 58)])
def test_a_closing_is_put_off_to_a_reachable_instant_alone(need, agent, closes_at):
    with pytest.raises(ValidationError) as refused:
        amendments.extend(need, agent.person, closes_at, "Une visite.")
    assert refused.value.message_dict.keys() == {"closes_at"}


def test_a_withdrawal_is_asked_for_once_and_first(need, agent, moderator):
    with pytest.raises(ValidationError):
        take(need, "withdraw", moderator)
    take(need, "ask_withdrawal", agent.person, reason="Budget.")
    with pytest.raises(ValidationError):
        take(need, "ask_withdrawal", agent.person, reason="Encore.")
    assert take(need, "withdraw", moderator).state == NeedState.WITHDRAWN


@pytest.mark.parametrize(
    "facts", [{"outcome_at": timezone.now() - dt.timedelta(days=31)}, {"outcome_cleared_at": timezone.now()}]
)
def test_an_outcome_is_taken_back_once_and_soon(moderator, facts):
    facts = {"outcome_at": timezone.now(), **facts}
    need = NeedFactory(studying=True, outcome="abandoned", **facts)
    with pytest.raises(ValidationError):
        take(need, "clear_outcome", moderator, reason="Erreur.")
