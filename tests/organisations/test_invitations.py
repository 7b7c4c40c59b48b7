"""An invitation goes to an address, and is answered by who has shown that it is theirs."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from metropole.notifications.delivery import deliver
from metropole.notifications.models import Mail
from metropole.organisations.enums import InvitationState, MembershipState
from metropole.organisations.invitations import invite, withdraw
from metropole.organisations.models import Invitation
from metropole.organisations.models.invitation import hash_of
from tests.accounts.people import make_person
from tests.factories import MembershipFactory, OrganisationFactory

from .journeys import logged, membership, to, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(owner, commune, as_person, django_capture_on_commit_callbacks):
    """Invites an address, in a transaction that is committed."""

    def send(email: str = "Jeanne@Example.org", *rights: str, **typed: object):
        with django_capture_on_commit_callbacks(execute=True):
            return as_person(owner).post(to("invite", commune.slug), {"email": email, "rights": rights, **typed})

    return send


def link_in(message) -> str:
    return re.search(r"^http://testserver(\S+)$", message.body, re.MULTILINE)[1]


def test_who_is_invited_accepts_and_has_the_rights_of_the_invitation(
    person, owner, commune, send, as_person, mailoutbox
):
    assert send("Jeanne@Example.org", "contributes", "engages").status_code == 302
    message = mailoutbox[0]
    assert message.to == ["jeanne@example.org"]
    assert commune.name in message.subject
    assert "\n" not in message.subject
    client = as_person(person)
    answering = client.get(link_in(message), follow=True)
    assert commune.name in answering.content.decode()
    client.post(answering.request["PATH_INFO"], {"action": "accept"})
    assert membership(person, commune).state == MembershipState.ACTIVE
    assert membership(person, commune).rights == ["contributes", "engages"]
    assert told(owner) == ["invitation.accepted"]
    assert client.get(link_in(message)).status_code == 404
    assert logged()[-1] == "organisations.invitation.answer"


def test_the_workspace_shows_it_to_who_has_an_account(person, send, as_person):
    send()
    page = as_person(person).get(to("mine")).content.decode()
    assert to("answer", Invitation.objects.get().pk) in page


def test_inviting_says_the_same_whether_or_not_there_is_an_account(person, send, mailoutbox):
    known, unknown = send("jeanne@example.org"), send("jeanne@nowhere.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mailoutbox) == 2
    bodies = [re.sub(r"http\S+", "", message.body) for message in mailoutbox]
    assert bodies[0] == bodies[1]


def test_the_token_is_not_kept(send, mailoutbox):
    send()
    token = link_in(mailoutbox[0]).rstrip("/").rpartition("/")[2]
    kept = Invitation.objects.values().get()
    assert token not in str(kept) + str(Mail.objects.values())
    assert kept["token_hash"] == hash_of(token)


def test_somebody_else_with_the_link_is_told_that_it_is_not_theirs(owner, commune, send, as_person, mailoutbox):
    send()
    thief = make_person(email="thief@example.org")
    response = as_person(thief).get(link_in(mailoutbox[0]))
    assert response.status_code == 403
    assert commune.name not in response.content.decode()
    url = to("answer", Invitation.objects.get().pk)
    assert as_person(thief).get(url).status_code == 404
    assert as_person(thief).post(url, {"action": "accept"}).status_code == 404
    assert membership(thief, commune) is None


@pytest.mark.parametrize("token", ["x", "é", "a" * 5000, "%00", "12345678901234567890"])
def test_a_token_that_there_is_not_opens_nothing(person, as_person, token):
    assert as_person(person).get(to("invitation", token)).status_code == 404


def test_an_invitation_expires_after_fourteen_days(person, commune, send, as_person, mailoutbox):
    send()
    url = to("answer", Invitation.objects.get().pk)
    with time_machine.travel(timezone.now() + dt.timedelta(days=14, seconds=1), tick=False):
        assert Invitation.objects.get().state == InvitationState.EXPIRED
        client = as_person(person)
        assert client.get(link_in(mailoutbox[0])).status_code == 404
        assert client.post(url, {"action": "accept"}).status_code == 404
    assert membership(person, commune) is None


def test_it_is_sent_again_with_another_link_and_not_at_once(
    person, owner, commune, send, as_person, mailoutbox, django_capture_on_commit_callbacks
):
    send("jeanne@example.org", "contributes")
    assert send("jeanne@example.org").context["form"].non_field_errors()
    url = to("sent_invitation", commune.slug, Invitation.objects.get().pk)
    with django_capture_on_commit_callbacks(execute=True):
        as_person(owner).post(url, {"action": "resend"})
    assert len(mailoutbox) == 1
    with (
        time_machine.travel(timezone.now() + dt.timedelta(minutes=11)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        as_person(owner).post(url, {"action": "resend"})
    first, second = mailoutbox
    assert as_person(person).get(link_in(first)).status_code == 404
    assert as_person(person).get(link_in(second)).status_code == 302
    assert Invitation.objects.get().rights == ["contributes"]


def test_a_withdrawn_or_declined_invitation_cannot_be_accepted(person, owner, commune, send, as_person):
    send()
    first = Invitation.objects.get()
    as_person(owner).post(to("sent_invitation", commune.slug, first.pk), {"action": "withdraw"})
    assert as_person(person).post(to("answer", first.pk), {"action": "accept"}).status_code == 404
    send()
    second = Invitation.objects.unanswered().get()
    as_person(person).post(to("answer", second.pk), {"action": "decline"})
    assert as_person(person).post(to("answer", second.pk), {"action": "accept"}).status_code == 404
    assert told(owner) == ["invitation.declined"]
    assert membership(person, commune) is None


def test_accepting_answers_ones_own_request_and_adds_to_the_rights_that_one_has(person, commune, send, as_person):
    MembershipFactory(person=person, organisation=commune, state="asked")
    send("jeanne@example.org", "contributes")
    as_person(person).post(to("answer", Invitation.objects.get().pk), {"action": "accept"})
    assert membership(person, commune).rights == ["contributes"]
    assert membership(person, commune).state == MembershipState.ACTIVE


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "nowhere"}, "email"),
        ({"email": ""}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ({"email": "x" * 300 + "@example.org"}, "email"),
        ({"rights": ["deposits"]}, "rights"),
        ({"email": "OWNER@example.org"}, "email"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_its_field(send, mailoutbox, typed, field):
    response = send(**{"email": "jeanne@example.org", **typed})
    assert response.context["form"].errors[field]
    assert mailoutbox == []
    assert not Invitation.objects.exists()


def test_an_organisation_that_is_not_verified_writes_to_nobody(company, person, as_person, mailoutbox):
    url = to("invite", company.slug)
    assert as_person(person).post(url, {"email": "a@example.org"}).status_code == 403
    assert not Invitation.objects.exists()


def test_an_invitation_of_another_organisation_is_not_there(owner, commune, as_person):
    foreign = Invitation(organisation=OrganisationFactory(), email="a@example.org")
    foreign.renew()
    foreign.save()
    url = to("sent_invitation", commune.slug, foreign.pk)
    assert as_person(owner).post(url, {"action": "withdraw"}).status_code == 404
    assert Invitation.objects.get().is_pending


def test_an_invitation_that_the_server_does_not_take_waits_for_it(send, monkeypatch, mailoutbox):
    def away(connection):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
        assert send().status_code == 302
    assert Invitation.objects.get().is_pending
    assert mailoutbox == []
    Mail.objects.update(retry_at=None)
    deliver()
    assert [message.to for message in mailoutbox] == [["jeanne@example.org"]]


def test_one_whose_process_ended_at_the_commit_is_found_again_and_opens(owner, commune, person, as_person, mailoutbox):
    with override("en"):
        invite(commune, "jeanne@example.org", [], owner)
    assert mailoutbox == []
    assert (deliver(), deliver()) == (1, 0)
    (message,) = mailoutbox
    assert "/en/" in link_in(message)
    assert as_person(person).get(link_in(message), follow=True).status_code == 200


def test_one_that_is_withdrawn_before_it_is_sent_is_not_sent(owner, commune, mailoutbox):
    withdraw(invite(commune, "jeanne@example.org", [], owner), owner)
    assert deliver() == 0
    assert mailoutbox == []


def test_the_last_to_leave_is_shown_the_invitations_that_they_sent(owner, commune, send, as_person):
    send()
    assert "jeanne@example.org" in as_person(owner).get(to("leave", commune.slug)).content.decode()
