import datetime as dt

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from metropole.notifications import delivery
from metropole.notifications.delivery import MOST_ATTEMPTS, declare_abandoned, deliver, pause_after
from metropole.notifications.enums import MailState
from metropole.notifications.models import Mail, MailChoices, Notification
from metropole.notifications.services import notify
from metropole.notifications.transitions import STEPS, move
from tests.factories import UserFactory

from .smtp_server import HANG_UP

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(person) -> Mail:
    notify([person], "arrival", "arrival:1", ("workspace",), name="Paul", place="Antony")
    return Mail.objects.get()


def state(mail: Mail) -> str:
    mail.refresh_from_db()
    return mail.state


def test_the_mail_goes_out_once_the_transaction_is_committed(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify([person], "arrival", "arrival:1", name="Paul", place="Antony")
        assert outbox.outbox == []
    assert [letter.to for letter in outbox.outbox] == [["jeanne@example.org"]]


def test_a_letter_says_what_why_where_and_how_to_stop_it_in_its_readers_language(mail, settings):
    assert deliver() == 1
    (letter,) = outbox.outbox
    assert letter.subject.startswith("Paul is there – ")
    news = Notification.objects.get()
    for part in ("Paul came\nto Antony.", f"http://testserver/en/workspace/notifications/{news.pk}/",
                 "You await somebody.", "http://testserver/en/workspace/notifications/e-mails/", "Hello,"):  # fmt: skip
        assert part in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].strip("<>") in letter.body
    assert letter.extra_headers["Message-ID"].endswith("@testserver>")


def test_a_letter_is_told_from_all_others_by_its_event_and_its_reader(person, mail):
    notify([person, UserFactory()], "arrival", "arrival:2", name="Paul", place="Antony")
    deliver()
    first_run = [letter.extra_headers["Message-ID"] for letter in outbox.outbox]
    assert len(set(first_run)) == 3
    Mail.objects.update(state=MailState.WAITING)
    deliver()
    assert [letter.extra_headers["Message-ID"] for letter in outbox.outbox[3:]] == first_run


def test_what_protects_the_account_has_no_way_to_be_stopped(person):
    notify([person], "alarm", "alarm:1")
    deliver()
    assert "List-Unsubscribe" not in outbox.outbox[0].extra_headers


def test_running_twice_sends_once(mail):
    assert (deliver(), deliver(), state(mail)) == (1, 0, MailState.SENT)


def test_what_another_process_has_claimed_meanwhile_is_left_to_it(mail, monkeypatch):
    def claimed_by_another(letter_of: Mail):
        move(Mail.objects.all(), "claim")
        return object()

    monkeypatch.setattr(delivery, "_letter", claimed_by_another)
    assert deliver() == 0
    assert state(mail) == MailState.SENDING


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, MailState.SENT),
        ({"MAIL": "451 later"}, MailState.WAITING),
        ({"MAIL": "421 closing"}, MailState.WAITING),
        ({"RCPT": "450 busy"}, MailState.WAITING),
        ({"RCPT": "550 nobody"}, MailState.FAILED),
        ({"DATA": "451 later"}, MailState.WAITING),
        ({"END": "452 full"}, MailState.WAITING),
        ({"END": "554 no"}, MailState.FAILED),
        ({"END": HANG_UP}, MailState.UNKNOWN),
        ({"EHLO": "421 no", "HELO": "421 no"}, MailState.WAITING),
    ],
)
def test_what_the_mail_server_answers_decides_what_becomes_of_a_mail(mail, mail_server, answers, expected):
    mail_server.answers = answers
    deliver()
    assert state(mail) == expected
    assert len(mail_server.taken) == (expected in (MailState.SENT, MailState.UNKNOWN))
    assert "jeanne" not in mail.reason


def test_a_server_that_is_away_is_left_alone_and_tried_again_later(person, mail, mail_server, settings):
    settings.EMAIL_PORT = 1
    notify([person], "arrival", "arrival:2")
    assert deliver() == 0
    assert list(Mail.objects.order_by("pk").values_list("state", "attempts")) == [("waiting", 1), ("waiting", 0)]
    settings.EMAIL_PORT = mail_server.address[1]
    assert deliver() == 1
    # SQLite's clock counts milliseconds: the present instant may not have come for it.
    Mail.objects.filter(pk=mail.pk).update(retry_at=timezone.now() - dt.timedelta(seconds=1))
    assert deliver() == 1
    assert len(mail_server.taken) == 2


def test_the_server_hangs_up_between_two_mails_and_the_next_one_goes_out(person, mail, mail_server):
    notify([person], "arrival", "arrival:2")
    mail_server.answers = {"END": "421 enough"}
    deliver()
    mail_server.answers = {}
    Mail.objects.update(retry_at=None)
    assert deliver() == 2


def test_pauses_grow_to_four_hours_and_last_for_more_than_a_day():
    pauses = [pause_after(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == dt.timedelta(hours=4)
    assert dt.timedelta(days=1) < sum(pauses, dt.timedelta()) < dt.timedelta(days=3)


def test_a_server_that_refuses_for_days_is_given_up(mail, mail_server):
    mail_server.answers = {"RCPT": "450 busy"}
    Mail.objects.update(attempts=MOST_ATTEMPTS - 1)
    deliver()
    assert state(mail) == MailState.FAILED


def test_a_mail_whose_sender_died_is_never_sent_again_by_itself(mail):
    move(Mail.objects.all(), "claim", claimed_at=timezone.now())
    assert declare_abandoned() == 0
    Mail.objects.update(claimed_at=timezone.now() - delivery.LEASE - dt.timedelta(seconds=5))
    assert declare_abandoned() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        deliver()
    assert state(mail) == MailState.UNKNOWN
    assert outbox.outbox == []


@pytest.mark.parametrize("happens", ["closed", "turned off", "forgotten"])
def test_a_mail_that_is_not_wanted_any_more_is_not_sent(person, mail, happens):
    if happens == "closed":
        person.is_active = False
        person.save()
    elif happens == "turned off":
        MailChoices.objects.create(person=person, paces={"arrivals": "never"})
    else:
        Notification.objects.all().delete()
    deliver()
    assert (state(mail), outbox.outbox) == (MailState.NONE, [])


def test_a_mail_that_cannot_be_written_keeps_no_other_from_going(person, mail):
    notify([person], "alarm", "alarm:1")
    Notification.objects.filter(kind="arrival").update(kind="forgotten")
    assert deliver() == 1
    assert state(mail) == MailState.FAILED


@pytest.mark.parametrize("start", MailState)
@pytest.mark.parametrize("action", STEPS)
def test_a_step_is_taken_from_the_states_of_the_table_alone(mail, start, action):
    Mail.objects.update(state=start)
    moved = move(Mail.objects.all(), action)
    assert moved == (start in STEPS[action].sources)
    assert state(mail) == (STEPS[action].target if moved else start)


def test_nothing_leads_back_from_a_mail_that_was_sent():
    assert not any({MailState.SENT, MailState.NONE} & set(step.sources) for step in STEPS.values())
    to_waiting = {source for step in STEPS.values() if step.target == MailState.WAITING for source in step.sources}
    assert to_waiting == {MailState.SENDING, MailState.FAILED, MailState.UNKNOWN}
