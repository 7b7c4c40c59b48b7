"""E-mails to somebody known by an address alone."""

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.notifications import writers
from metropole.notifications.delivery import deliver
from metropole.notifications.enums import MailState
from metropole.notifications.models import Mail
from metropole.notifications.services import write_to_stranger
from metropole.notifications.writers import Writer, register_writer
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(monkeypatch):
    """Greeted as long as it is there."""
    monkeypatch.setattr(writers, "_writers", {})
    town = OrganisationFactory(name="Bondy")

    def find(slug):
        return type(town).objects.filter(slug=slug).first()

    def write(found):
        return EmailMessage(str(_("Search")), found.name, to=["mairie@example.org"])

    register_writer(Writer("greeting", "Greeting", find, write))
    return town


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_it_goes_out_once_the_transaction_is_committed_in_its_language(town, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write_to_stranger("greeting", town.slug, "fr")
        assert outbox.outbox == []
    (letter,) = outbox.outbox
    assert (letter.to, letter.subject, letter.body) == (["mairie@example.org"], "Rechercher", "Bondy")
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.extra_headers["Message-ID"].endswith("@testserver>")


def test_it_is_written_once_however_often_it_is_asked_for(town):
    for _time in range(2):
        write_to_stranger("greeting", town.slug, "fr")
        deliver()
    assert len(outbox.outbox) == 1
    assert states() == [MailState.SENT]


def test_one_whose_process_ended_at_the_commit_is_found_again(town):
    write_to_stranger("greeting", town.slug, "fr")
    assert states() == [MailState.WAITING]
    assert (deliver(), deliver()) == (1, 0)


def test_what_is_there_no_more_is_not_written_about(town):
    write_to_stranger("greeting", town.slug, "fr")
    town.delete()
    assert deliver() == 0
    assert states() == [MailState.NONE]


def test_a_writer_that_the_code_has_no_more_stops_no_other(town, monkeypatch):
    write_to_stranger("greeting", town.slug, "fr")
    monkeypatch.setattr(writers, "_writers", {})
    deliver()
    assert states() == [MailState.FAILED]
    with pytest.raises(KeyError):
        write_to_stranger("greeting", "another", "fr")


def test_administrators_see_what_it_was_about_and_send_it_again(client, town, mail_server):
    write_to_stranger("greeting", town.slug, "fr")
    mail_server.answers = {"RCPT": "550 nobody"}
    deliver()
    client.force_login(UserFactory(administrator=True))
    address = reverse("notifications_admin:mails")
    assert "Greeting – Bondy" in client.get(address).text
    client.post(address, {"mail": Mail.objects.get().pk})
    mail_server.answers = {}
    assert deliver() == 1
    assert [letter["To"] for letter in mail_server.taken] == ["mairie@example.org"]


def test_a_mail_is_either_for_a_person_or_from_a_writer():
    for fields in ({}, {"person": UserFactory(), "writer": "greeting"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mail.objects.create(**fields)
