"""Writing to the authority that uses a solution, without an address being shown."""

import pytest
from django.core.cache import caches
from django.core.exceptions import PermissionDenied

from catalogue.deployments import relay
from metropole.core.personal_data import erase, export_of
from metropole.notifications.models import Notification
from metropole.notifications.wording import said
from metropole.organisations.models import Membership
from tests.factories import MembershipFactory

from .conftest import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limit_left_over():
    caches["limits"].clear()


@pytest.fixture
def writer(stranger):
    stranger.first_name, stranger.last_name = "Odile", "Martin"
    stranger.save()
    return stranger


@pytest.fixture
def as_writer(client, writer):
    client.force_login(writer)
    return client


def form(writer, text="Combien de bornes ?") -> dict:
    return {"organisation": writer.memberships.get().organisation_id, "text": text}


def test_who_declared_it_receives_the_message_with_the_writers_address(as_writer, writer, confirmed, agent, colleague):
    page = as_writer.get(at("write", confirmed.pk)).content.decode()
    assert writer.email in page
    assert agent.email not in page
    assert colleague.email not in page
    as_writer.post(at("write", confirmed.pk), form(writer))
    [news] = Notification.objects.filter(kind="deployment.message")
    assert news.person == agent
    words = said(news)
    assert writer.email in words.text
    assert "Combien de bornes ?" in words.text
    assert "Odile Martin" in words.subject


def test_the_authoritys_other_agents_receive_it_once_who_declared_it_has_left(
    as_writer, writer, confirmed, agent, colleague
):
    Membership.objects.filter(person=agent).update(state="left")
    as_writer.post(at("write", confirmed.pk), form(writer))
    assert [news.person for news in Notification.objects.filter(kind="deployment.message")] == [colleague]


def test_nobody_left_is_said_and_what_was_typed_stays(as_writer, writer, confirmed, commune):
    Membership.objects.filter(organisation=commune).update(state="left")
    answer = as_writer.post(at("write", confirmed.pk), form(writer))
    assert answer.context["form"].errors
    assert "Combien de bornes ?" in answer.content.decode()


def test_neither_a_carrier_nor_a_person_without_an_authority_nor_a_colleague_writes(
    client, confirmed, carrier, colleague, editor, writer
):
    for person in (carrier, colleague, editor):
        client.force_login(person)
        assert client.get(at("write", confirmed.pk)).status_code == 403
        assert client.post(at("write", confirmed.pk), form(writer)).status_code == 403
    authority = writer.memberships.get().organisation
    authority.verification = "waiting"
    authority.save()
    with pytest.raises(PermissionDenied):
        relay.write(confirmed, writer, authority, "?")
    assert not Notification.objects.filter(kind="deployment.message").exists()


def test_one_writes_about_nothing_that_is_not_confirmed(as_writer, declared):
    assert as_writer.get(at("write", declared.pk)).status_code == 404


def test_nobody_writes_about_what_sources_say(as_writer, sourced):
    assert as_writer.get(at("write", sourced.pk)).status_code == 403


@pytest.mark.parametrize("typed", [{"text": ""}, {"text": "x" * 3001}, {"text": "a\0"}, {"organisation": "x"}])
def test_what_is_typed_wrongly_is_sent_to_nobody(as_writer, writer, confirmed, typed):
    assert as_writer.post(at("write", confirmed.pk), form(writer) | typed).context["form"].errors
    assert not Notification.objects.filter(kind="deployment.message").exists()


def test_one_writes_in_the_name_of_ones_own_authority_alone(as_writer, writer, confirmed):
    forged = MembershipFactory(contributes=True).organisation_id
    assert as_writer.post(at("write", confirmed.pk), form(writer) | {"organisation": forged}).context["form"].errors


def test_a_person_writes_ten_messages_an_hour_at_the_most(as_writer, writer, confirmed):
    statuses = [as_writer.post(at("write", confirmed.pk), form(writer)).status_code for _time in range(12)]
    assert statuses == [302] * 10 + [429] * 2


def test_what_people_wrote_declared_and_confirmed_is_exported_and_the_writers_name_is_erased(
    as_writer, writer, confirmed, agent, colleague
):
    as_writer.post(at("write", confirmed.pk), form(writer))
    [sent] = export_of(writer)["deployment_messages"]
    assert sent["text"] == "Combien de bornes ?"
    assert [
        row["confirmed_at"] is None for person in (agent, colleague) for row in export_of(person)["deployments"]
    ] == [
        True,
        False,
    ]
    erase(writer)
    words = Notification.objects.get(kind="deployment.message").words
    assert writer.email not in str(words)
    assert "Odile" not in str(words)
    assert words["text"] == "Combien de bornes ?"
