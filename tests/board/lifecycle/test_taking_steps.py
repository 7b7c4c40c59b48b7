"""A need goes from state to state by one table, one function and the clock."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from metropole.board.enums import NeedState
from metropole.board.lifecycle.services import WrongStateError, take
from metropole.board.lifecycle.table import STEPS
from metropole.board.models import NeedEvent
from metropole.core.lifecycle import TransitionRefusedError
from metropole.organisations.enums import Right
from tests.factories import MembershipFactory, NeedFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return UserFactory(group="Moderators")


@pytest.fixture
def agent():
    return MembershipFactory(organisation__commune=True, **{Right.CONTRIBUTES: True})


def test_a_need_that_is_given_back_is_corrected_and_submitted_again(agent, moderator):
    need = NeedFactory(organisation=agent.organisation, in_review=True)
    need = take(need, "give_back", moderator, reason="Dites pour qui.")
    assert need.state == NeedState.TO_CORRECT
    need = take(need, "submit", agent.person)
    assert need.state == NeedState.IN_REVIEW


def test_a_step_without_the_reason_that_it_owes_changes_nothing(agent, moderator):
    need = NeedFactory(organisation=agent.organisation, in_review=True)
    with pytest.raises(TransitionRefusedError):
        take(need, "give_back", moderator, reason="  ")
    need.refresh_from_db()
    assert need.state == NeedState.IN_REVIEW
    assert not need.events.exists()


def test_an_agent_does_not_decide_on_the_need_of_their_own_authority(agent):
    agent.person.groups.add(*UserFactory(group="Moderators").groups.all())
    need = NeedFactory(organisation=agent.organisation, in_review=True)
    with pytest.raises(PermissionDenied):
        take(need, "give_back", agent.person, reason="Non.")


def test_from_the_instant_of_its_closing_a_need_is_not_withdrawn_any_more(agent, moderator):
    need = NeedFactory(organisation=agent.organisation, withdrawal_asked_at=timezone.now())
    with time_machine.travel(need.closes_at, tick=False), pytest.raises(WrongStateError):
        take(need, "withdraw", moderator)
    with time_machine.travel(need.closes_at - dt.timedelta(microseconds=1), tick=False):
        assert take(need, "withdraw", moderator).state == NeedState.WITHDRAWN


def test_what_is_missing_is_said_by_field(agent):
    need = NeedFactory(organisation=agent.organisation, draft=True)
    with pytest.raises(ValidationError) as refused:
        take(need, "submit", agent.person)
    assert {"closes_at", "essential_criteria"} <= refused.value.message_dict.keys()


def test_each_step_is_noted_once_with_who_took_it_why_and_what_it_changed(agent, moderator):
    need = NeedFactory(organisation=agent.organisation, in_review=True)
    take(need, "give_back", moderator, reason="Dites pour qui.")
    event = NeedEvent.objects.get(need=need)
    assert (event.action, event.person, event.reason) == ("give_back", moderator, "Dites pour qui.")
    assert (event.before, event.after) == (NeedState.IN_REVIEW, NeedState.TO_CORRECT)


def test_the_database_refuses_to_rewrite_what_happened(agent, moderator):
    need = NeedFactory(organisation=agent.organisation, in_review=True)
    take(need, "give_back", moderator, reason="Dites pour qui.")
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedEvent.objects.update(reason="Autre chose.")


def test_steps_have_one_name_each_and_lead_somewhere_else_or_say_so():
    assert len({step.name for step in STEPS}) == len({step.number for step in STEPS}) == len(STEPS)
