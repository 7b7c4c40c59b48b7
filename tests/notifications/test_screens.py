import datetime as dt

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from metropole.notifications.delivery import deliver
from metropole.notifications.enums import EVERY_DAY, MailState, Pace
from metropole.notifications.models import Mail, MailChoices, Notification
from metropole.notifications.services import notify
from metropole.notifications.stopping import stop_path
from metropole.notifications.topics import topic_named
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/notifications/"


@pytest.fixture
def reader(client, person):
    client.force_login(person)
    return client


def arrive(person, number=1, route=("my_data",)):
    notify([person], "arrival", f"arrival:{number}", route, name=f"Paul {number}", place="Antony")
    return Notification.objects.get(person=person, event=f"arrival:{number}")


def test_news_is_listed_the_latest_first_with_what_is_new_in_words(reader, person):
    arrive(person, 1)
    second = arrive(person, 2)
    page = reader.get(LIST).content.decode()
    assert page.index("Paul 2 is there") < page.index("Paul 1 is there")
    assert page.count(">New<") == 2
    reader.post(f"{LIST}{second.pk}/read/")
    assert reader.get(LIST).content.decode().count(">New<") == 1
    reader.post(f"{LIST}all-read/")
    assert ">New<" not in reader.get(LIST).content.decode()


@pytest.mark.parametrize(("prefix", "leads_to"), [("/en/workspace", "/en/workspace/"), ("/fr/espace", "/fr/espace/")])
def test_opening_news_marks_it_and_leads_there_in_the_readers_language(reader, person, prefix, leads_to):
    news = arrive(person)
    response = reader.get(f"{prefix}/notifications/{news.pk}/")
    assert response.url.startswith(leads_to)
    news.refresh_from_db()
    assert news.read_at


@pytest.mark.parametrize("route", [("nowhere",), ("my_data", 5), ("http://evil.example/",), ("organisations:detail",)])
def test_news_of_what_has_gone_says_so(reader, person, route):
    response = reader.get(f"{LIST}{arrive(person, route=route).pk}/")
    assert response.status_code == 404
    assert "Paul 1 is there" in response.content.decode()


def test_news_without_an_address_leads_back_to_the_list(reader, person):
    assert reader.get(f"{LIST}{arrive(person, route=()).pk}/").url == LIST


def test_somebody_elses_news_is_not_there(reader):
    news = arrive(UserFactory())
    assert reader.get(f"{LIST}{news.pk}/").status_code == 404
    assert reader.post(f"{LIST}{news.pk}/read/").status_code == 404
    reader.post(f"{LIST}all-read/")
    assert Notification.objects.get().read_at is None
    assert reader.get(f"{LIST}{10**18}/").status_code == 404
    assert reader.get(f"{LIST}{10**30}/").status_code == 404


def test_reading_needs_a_post(reader, person):
    news = arrive(person)
    assert reader.get(f"{LIST}{news.pk}/read/").status_code == 405
    assert reader.get(f"{LIST}all-read/").status_code == 405


def test_a_long_list_is_in_pages(reader, person):
    for number in range(21):
        arrive(person, number)
    assert "Paul 0 is there" not in reader.get(LIST).content.decode()
    assert "Paul 0 is there" in reader.get(f"{LIST}?page=2").content.decode()
    for page in ("3", "0", "-1", "x", "9" * 5000):
        assert reader.get(f"{LIST}?page={page}").status_code == 404


def choose(reader, **typed):
    fields = {name: "now" for name in reader.get(f"{LIST}e-mails/").context["form"].fields if name != "paused_until"}
    return reader.post(f"{LIST}e-mails/", fields | {"paused_until": ""} | typed)


def test_people_choose_a_pace_for_each_topic_and_a_pause(reader, person):
    until = timezone.localdate() + dt.timedelta(days=9)
    assert choose(reader, arrivals="daily", paused_until=until.isoformat()).status_code == 302
    choices = MailChoices.objects.get(person=person)
    assert (choices.paces["arrivals"], choices.paused_until) == ("daily", until)
    form = reader.get(f"{LIST}e-mails/").context["form"]
    assert form["arrivals"].value() == "daily"
    assert "alarms" not in form.fields


@pytest.mark.parametrize(
    "typed", [{"arrivals": "hourly"}, {"arrivals": ""}, {"paused_until": "soon"}, {"paused_until": "9999-12-31"}]
)
def test_choices_that_are_none_are_refused_with_a_message(reader, typed):
    response = choose(reader, **typed)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == set(typed)
    assert not MailChoices.objects.exists()


def test_a_pause_that_is_over_is_none(reader):
    choose(reader, paused_until="2020-01-01")
    assert MailChoices.objects.get().paused_until is None


def test_the_link_of_a_letter_shows_a_button_and_a_post_stops_the_topic_without_signing_in(client, person):
    arrive(person)
    deliver()
    address = outbox.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    looked_at = client.get(address)
    assert looked_at.status_code == 200
    assert not MailChoices.objects.exists()
    assert not looked_at.cookies
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailChoices.objects.get(person=person).paces == {"arrivals": Pace.NEVER}
    arrive(person, 2)
    assert Mail.objects.count() == 1


def test_stopping_works_for_a_mail_programme_that_has_no_token_of_ours(person):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(stop_path(person, "arrivals"), {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_the_daily_letter_stops_what_is_daily_and_nothing_else(client, person):
    MailChoices.objects.create(person=person, paces={"arrivals": "daily", "organisation": "now"})
    client.post(stop_path(person, EVERY_DAY))
    paces = MailChoices.objects.get().paces
    assert (paces.pop("arrivals"), paces.pop("organisation")) == ("never", "now")
    assert {topic_named(name).usual for name in paces} <= {Pace.DAILY}


@pytest.mark.parametrize("token", ["x", "WzEsICJhIl0:forged:signature", "a" * 3000])
def test_a_link_that_we_have_not_written_stops_nothing(client, token):
    path = reverse("notifications:stop", args=[token])
    assert client.get(path).status_code == client.post(path).status_code == 404


def test_the_link_of_a_closed_account_is_not_there(client, person):
    path = stop_path(person, "arrivals")
    person.is_active = False
    person.save()
    assert client.post(path).status_code == 404


def test_what_protects_the_account_cannot_be_stopped_by_a_link(client, person):
    client.post(stop_path(person, "alarms"))
    assert MailChoices.objects.get().paces == {}


def test_administrators_see_what_was_perhaps_not_sent_and_send_it_again(
    client, person, django_capture_on_commit_callbacks
):
    administrator = UserFactory(administrator=True)
    client.force_login(administrator)
    arrive(person)
    Mail.objects.update(state=MailState.UNKNOWN, reason="the process ended")
    address = reverse("notifications_admin:mails")
    assert "jeanne@example.org" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"mail": [str(Mail.objects.get().pk), "x", "9" * 30]})
    assert Mail.objects.get().state == MailState.SENT
    assert len(outbox.outbox) == 1
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user) == ("notifications.mail.send_again", administrator)
    client.post(address, {"mail": str(Mail.objects.get().pk)})
    assert len(outbox.outbox) == 1


def test_others_do_not_oversee_the_mails_of_people(client):
    client.force_login(UserFactory(editor=True))
    address = reverse("notifications_admin:mails")
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"mail": "1"}).status_code in (302, 403)
