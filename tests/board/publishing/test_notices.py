"""Each step tells those whom the table names, once; the clock's closing is told by a beat, once as well."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from metropole.board.audience import register_audience
from metropole.board.lifecycle.services import take
from metropole.board.lifecycle.table import STEPS, Told
from metropole.board.models import NeedEvent
from metropole.board.publishing.notices import IN_PERSON, tell_of_closings
from metropole.notifications.kinds import kind_named
from metropole.notifications.models import Notification
from metropole.organisations.enums import Right
from tests.factories import MembershipFactory, NeedFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def told(kind: str) -> list[Notification]:
    return list(Notification.objects.filter(kind=kind).order_by("person"))


@pytest.mark.parametrize(
    "step", [step for step in STEPS if set(step.told) & set(IN_PERSON)], ids=lambda step: step.name
)
def test_every_step_that_tells_somebody_in_person_has_its_words(step):
    assert kind_named(f"need.{step.name}").subject


def test_the_authors_are_told_of_a_publication_once_and_led_to_their_workspace(in_review, agent, moderator):
    take(in_review, "publish", moderator)
    (news,) = told("need.publish")
    assert news.person == agent.person
    assert news.words["title"] == "Ombrager la place"
    assert reverse(news.route[0], args=news.route[1:]) == reverse("board:manage", args=[in_review.key])


def test_others_are_led_to_the_public_page_and_who_is_both_is_told_once(need, agent, moderator, monkeypatch):
    from metropole.board import audience

    follower = UserFactory()
    monkeypatch.setattr(audience, "_sources", {told: [*finds] for told, finds in audience._sources.items()})
    register_audience(Told.FOLLOWERS, lambda need: [follower, agent.person])
    take(need, "ask_withdrawal", agent.person, reason="Budget.")
    take(need, "withdraw", moderator, reason="Budget.")
    news = told("need.withdraw")
    assert [one.person for one in news] == [agent.person, follower]
    assert [one.route[0] for one in news] == ["board:manage", "board:need"]


def test_the_closing_is_told_once_and_noted_once(need, agent):
    tell_of_closings()
    assert not told("need.close")
    with time_machine.travel(need.closes_at, tick=False):
        tell_of_closings()
        tell_of_closings()
    (news,) = told("need.close")
    assert news.person == agent.person
    event = NeedEvent.objects.get(need=need, action="close")
    assert (event.at, event.before, event.after, event.person) == (need.closes_at, "open", "closed", None)


@pytest.mark.parametrize("days", [31, 400])
def test_what_closed_long_ago_is_not_told_as_news(agent, days):
    ended = NeedFactory(organisation=agent.organisation, closed=True)
    with time_machine.travel(ended.closes_at + dt.timedelta(days=days), tick=False):
        tell_of_closings()
    assert not told("need.close")


def test_what_was_withdrawn_never_closes(need, agent, moderator):
    take(need, "ask_withdrawal", agent.person, reason="Budget.")
    take(need, "withdraw", moderator)
    with time_machine.travel(need.closes_at, tick=False):
        tell_of_closings()
    assert not told("need.close")


def test_colleagues_without_the_right_to_contribute_are_not_told(in_review, agent, moderator):
    MembershipFactory(organisation=agent.organisation, **{Right.CONTRIBUTES: False})
    take(in_review, "publish", moderator)
    assert [one.person for one in told("need.publish")] == [agent.person]
