"""Who asked is told at once and alone; everybody else who is interested once a day, all together."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from metropole.board.audience import people
from metropole.board.lifecycle.table import Told
from metropole.board.models import Watch
from metropole.board.questions import services
from metropole.board.questions.reminders import remind_of_answers
from metropole.core.personal_data import erase, export_of
from metropole.notifications.daily import write_daily_mails
from metropole.notifications.delivery import deliver
from metropole.notifications.models import Mail, Notification
from metropole.notifications.wording import said
from tests.factories import MembershipFactory, UserFactory

from .conftest import publish

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def news(person) -> list[str]:
    return [one.kind for one in Notification.objects.filter(person=person).order_by("pk")]


@pytest.fixture
def watcher(need):
    person = UserFactory()
    Watch.objects.create(need=need, person=person)
    return person


def test_the_lead_authoritys_agents_are_told_of_a_question_without_its_words_or_its_asker(
    question, agent, colleague, asker, watcher
):
    # The colleague joined after the question was asked.
    services.ask(question.need, question.asker_organisation, "Une autre question ?", asker)
    assert news(agent) == ["question.asked"] * 2
    assert news(colleague) == ["question.asked"]
    assert news(watcher) == []
    told = str(list(Notification.objects.values_list("words", "route", "event")))
    for word in (question.text, asker.email, "Quastler", "Kwytzal"):
        assert word not in told


def test_who_asked_is_told_at_once_and_the_others_once_a_day_in_one_mail(question, agent, asker, company, watcher):
    second = services.ask(question.need, company, "Une autre ?", asker)
    third = services.ask(question.need, company, "Une troisième ?", asker)
    Mail.objects.all().delete()
    publish(question, agent)
    publish(second, agent)
    services.dismiss(third, "Hors sujet.", agent)
    deliver()
    assert [letter.to for letter in mail.outbox] == [[asker.email]] * 3
    assert "Hors sujet." in mail.outbox[2].body
    with time_machine.travel(timezone.localtime().replace(hour=12) + dt.timedelta(days=1)):
        write_daily_mails()
        write_daily_mails()
        deliver()
    [daily] = mail.outbox[3:]
    assert daily.to == [watcher.email]
    assert daily.body.count("Trois cents mètres carrés.") == 2
    assert "Hors sujet." not in daily.body


def test_another_asker_reads_the_pair_as_everybody_does(question, agent, company):
    other = UserFactory()
    MembershipFactory(person=other, organisation__commune=False, deposits=True)
    services.ask(question.need, other.memberships.get().organisation, "Et moi ?", other)
    publish(question, agent)
    assert news(other) == ["question.published"]
    assert news(question.asker) == ["question.answered"]


def test_a_correction_is_told_to_all_the_asker_among_them(watcher, published, agent):
    services.correct(published, "Deux cents.", agent)
    assert news(watcher) == ["question.published", "question.corrected"]
    assert news(published.asker) == ["question.answered", "question.corrected"]


def test_who_asked_is_among_those_who_follow_the_need(question, asker, agent):
    assert asker in people(question.need, Told.FOLLOWERS)
    assert agent not in people(question.need, Told.FOLLOWERS)


def test_the_lead_is_reminded_once_when_answers_are_due_and_once_before_the_closing(need, question, agent):
    def reminders() -> int:
        remind_of_answers()
        return news(agent).count("question.waiting")

    for moment, count in (
        (need.answers_due_at - dt.timedelta(seconds=1), 0),
        (need.answers_due_at, 1),
        (need.answers_due_at + dt.timedelta(hours=1), 1),
        (need.closes_at - dt.timedelta(hours=23), 2),
        (need.closes_at, 2),
    ):
        with time_machine.travel(moment, tick=False):
            assert reminders() == count


def test_nobody_is_reminded_of_what_is_answered(need, published, agent):
    with time_machine.travel(need.answers_due_at, tick=False):
        remind_of_answers()
    assert "question.waiting" not in news(agent)


def test_news_is_said_in_the_language_of_each(need, question, agent, asker):
    asker.language = "en"
    asker.save()
    publish(question, agent)
    words = said(Notification.objects.get(person=asker))
    assert "Ombrager la place" in words.subject


def test_a_persons_own_questions_are_in_their_export_and_nobodys_once_the_account_is_closed(published, asker, agent):
    [own] = export_of(asker)["questions"]["asked"]
    assert own["text"] == published.text
    assert own["organisation"] == "Kwytzal (Paris) SAS"
    assert export_of(agent)["questions"]["asked"] == []
    assert len(export_of(agent)["questions"]["answered"]) == 1
    assert published.text not in str(export_of(agent))
    erase(asker)
    published.refresh_from_db()
    assert published.asker is None
    assert published.asker_organisation is None
    assert published.answer
