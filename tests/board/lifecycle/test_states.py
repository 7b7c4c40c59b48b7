"""A need's state follows from its instants and the clock: the same in Python and in the database."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metropole.board.enums import NeedState, Outcome
from metropole.board.models import Need
from metropole.board.states import state_expression, state_of
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 1, 14, 16, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
instants = st.none() | st.integers(-3, 3).map(lambda days: NOW + dt.timedelta(days=days))


def test_a_need_is_open_from_its_publication_until_the_instant_before_its_closing():
    need = Need(published_at=NOW, closes_at=NOW + SECOND)
    assert state_of(need, NOW - SECOND) == NeedState.DRAFT
    assert state_of(need, NOW) == NeedState.OPEN
    assert state_of(need, NOW + SECOND - dt.timedelta(microseconds=1)) == NeedState.OPEN
    assert state_of(need, NOW + SECOND) == NeedState.CLOSED


def test_a_need_that_was_given_back_waits_again_once_it_is_submitted_again():
    assert state_of(Need(returned_at=NOW), NOW) == NeedState.TO_CORRECT
    assert state_of(Need(returned_at=NOW, submitted_at=NOW), NOW) == NeedState.IN_REVIEW


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_state_is_the_same_in_python_and_in_the_database_for_needs_at_random(data):
    authority = OrganisationFactory(commune=True)
    drawn = [_need(data, authority) for _number in range(25)]
    Need.objects.bulk_create(drawn)
    states = dict(Need.objects.annotate(now_state=state_expression(NOW)).values_list("pk", "now_state"))
    for need in drawn:
        assert states[need.pk] == state_of(need, NOW)
    Need.objects.all().delete()
    authority.delete()


def _need(data: st.DataObject, authority) -> Need:
    draw = data.draw
    need = Need(organisation=authority, slug=f"besoin-{Need().key.hex}")
    need.submitted_at, need.returned_at, need.archived_at = draw(instants), draw(instants), draw(instants)
    if draw(st.booleans()):
        need.published_at = NOW + dt.timedelta(days=draw(st.integers(-4, 2)))
        need.closes_at = need.published_at + dt.timedelta(days=draw(st.integers(1, 4)))
        end = draw(st.sampled_from(["", "withdrawn", "opened", "outcome"]))
        if end == "withdrawn":
            need.withdrawn_at = need.closes_at - SECOND
        if end == "opened":
            need.opened_at = need.closes_at + SECOND
        if end == "outcome":
            need.outcome, need.outcome_at = Outcome.ABANDONED, timezone.now()
    return need
