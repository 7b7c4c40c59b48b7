import datetime as dt

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from metropole.notifications.daily import write_daily_mails
from metropole.notifications.delivery import deliver
from metropole.notifications.forgetting import forget_old_news
from metropole.notifications.models import Mail, MailChoices, Notification
from metropole.notifications.services import notify
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PARIS = timezone.get_default_timezone()
MORNING = dt.datetime(2026, 11, 24, 8, 0, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reader(person):
    MailChoices.objects.create(person=person, paces={"arrivals": "daily"})
    return person


def arrive(person, number):
    notify([person], "arrival", f"arrival:{number}", name=f"Paul {number}", place="Antony")


def test_the_news_of_a_day_comes_in_one_message_however_often_it_is_prepared(reader):
    arrive(reader, 1)
    arrive(reader, 2)
    assert (write_daily_mails(), write_daily_mails(), deliver(), deliver()) == (1, 0, 1, 0)
    (letter,) = outbox.outbox
    assert letter.subject.startswith("2 pieces of news")
    assert "Paul 1 is there" in letter.body
    assert "Paul 2 is there" in letter.body
    assert letter.body.count("You await somebody.") == 1
    assert "List-Unsubscribe" in letter.extra_headers


def test_what_comes_after_the_message_waits_for_the_next_day(reader, clock):
    arrive(reader, 1)
    write_daily_mails()
    arrive(reader, 2)
    assert write_daily_mails() == 0
    clock.shift(dt.timedelta(days=1))
    assert write_daily_mails() == 1
    assert Mail.objects.latest("pk").news.get().event == "arrival:2"


def test_it_is_not_sent_in_the_night(reader, clock):
    arrive(reader, 1)
    clock.move_to(MORNING.replace(hour=6))
    assert write_daily_mails() == 0


def test_what_was_read_meanwhile_is_left_out(reader):
    arrive(reader, 1)
    Notification.objects.update(read_at=timezone.now())
    assert write_daily_mails() == 0
    assert not Mail.objects.exists()


def test_news_of_a_pause_comes_together_at_its_end(person, clock):
    MailChoices.objects.create(person=person, paused_until=dt.date(2026, 11, 26))
    arrive(person, 1)
    clock.shift(dt.timedelta(days=1))
    arrive(person, 2)
    assert write_daily_mails() == 0
    clock.shift(dt.timedelta(days=1))
    assert write_daily_mails() == 1
    assert Mail.objects.get().news.count() == 2


def test_a_topic_turned_off_before_the_message_is_left_out_of_it(reader):
    arrive(reader, 1)
    MailChoices.objects.update(paces={"arrivals": "never"})
    assert write_daily_mails() == 0


def test_old_news_is_forgotten_once_it_was_read(reader, clock):
    arrive(reader, 1)
    arrive(reader, 2)
    arrive(UserFactory(), 3)
    deliver()
    Notification.objects.filter(event="arrival:1").update(read_at=timezone.now())
    clock.shift(dt.timedelta(days=364))
    forget_old_news()
    assert Notification.objects.count() == 3
    clock.shift(dt.timedelta(days=2))
    forget_old_news()
    assert set(Notification.objects.values_list("event", flat=True)) == {"arrival:2", "arrival:3"}
    assert not Mail.objects.exists()
