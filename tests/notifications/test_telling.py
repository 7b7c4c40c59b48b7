import datetime as dt

import pytest
from django.core.checks import run_checks
from django.db import transaction
from django.utils import timezone

from metropole.notifications import checks, kinds
from metropole.notifications.enums import Pace
from metropole.notifications.kinds import Kind, all_kinds
from metropole.notifications.models import Mail, MailChoices, Notification
from metropole.notifications.services import notify
from metropole.notifications.wording import said, said_or_apology
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ARRIVED = {"kind": "arrival", "event": "arrival:1", "name": "Paul", "place": "Antony"}


def test_an_event_is_told_once_to_each_and_has_one_mail(person):
    other = UserFactory()
    notify([person, person], **ARRIVED)
    notify([person, other], **ARRIVED)
    assert Notification.objects.count() == Mail.objects.count() == 2
    assert {news.mail.person for news in Notification.objects.all()} == {person, other}


def test_nobody_is_told_of_what_is_rolled_back(person):
    with transaction.atomic():
        notify([person], **ARRIVED)
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    assert not Mail.objects.exists()


def test_who_has_closed_the_account_is_told_nothing():
    notify([UserFactory(is_active=False)], **ARRIVED)
    assert not Notification.objects.exists()


def test_an_unknown_kind_is_a_fault_of_the_code(person):
    with pytest.raises(KeyError):
        notify([person], "nothing", "nothing:1")


@pytest.mark.parametrize(("pace", "mails"), [(Pace.NOW, 1), (Pace.DAILY, 0), (Pace.NEVER, 0)])
def test_each_is_written_to_as_they_have_chosen(person, pace, mails):
    MailChoices.objects.create(person=person, paces={"arrivals": pace})
    notify([person], **ARRIVED)
    assert Notification.objects.get().pace == pace
    assert Mail.objects.count() == mails


def test_during_a_pause_news_waits_for_its_end_but_alarms_do_not(person):
    MailChoices.objects.create(person=person, paused_until=timezone.localdate() + dt.timedelta(days=3))
    notify([person], **ARRIVED)
    notify([person], "alarm", "alarm:1")
    assert Notification.objects.get(kind="arrival").pace == Pace.DAILY
    assert Mail.objects.get().news.get().kind == "alarm"


def test_what_protects_the_account_cannot_be_turned_off(person):
    MailChoices.objects.create(person=person, paces={"alarms": Pace.NEVER})
    notify([person], "alarm", "alarm:1")
    assert Mail.objects.count() == 1


def test_telling_many_costs_a_constant_number_of_queries(person, django_assert_num_queries):
    many = [person, *UserFactory.create_batch(20)]
    with django_assert_num_queries(7):
        notify(many, **ARRIVED)


def test_a_word_that_was_not_given_is_left_out_and_a_subject_is_one_line(person):
    notify([person], "arrival", "arrival:1", name="Paul\nBcc: all@example.org")
    words = said(Notification.objects.get())
    assert words.subject == "Paul Bcc: all@example.org is there"
    assert "…" in words.text


def test_a_kind_that_the_code_has_forgotten_still_has_words(person):
    notify([person], **ARRIVED)
    Notification.objects.update(kind="forgotten")
    assert said_or_apology(Notification.objects.get()).subject


def test_every_kind_of_the_site_can_be_said_in_each_language_and_is_of_a_known_topic():
    assert all_kinds()
    assert [fault for fault in run_checks() if fault.id == "notifications.E001"] == []


@pytest.mark.parametrize(
    "fault",
    [{"subject": ""}, {"text": "50% of %(name)s"}, {"text": "%(name)d"}, {"topic": "nobody’s"}],
)
def test_a_kind_that_could_not_be_shown_is_found_when_the_site_starts(monkeypatch, fault):
    fields = {"topic": "arrivals", "subject": "One", "text": "Two", "reason": "Three"} | fault
    monkeypatch.setitem(kinds._kinds, "faulty", Kind("faulty", **fields))
    assert {error.id for error in checks.check_kinds(None)} == {"notifications.E001"}
