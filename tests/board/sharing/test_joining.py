"""An authority joins a need and leaves it by who engages it; on an open need, each change is an amendment."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from metropole.board.enums import AmendmentKind, AmendmentState, CoCarrierState
from metropole.board.lifecycle.services import WrongStateError
from metropole.board.models import Amendment, CoCarrier, NeedEvent
from metropole.board.sharing import carriers
from metropole.board.sharing.carriers import Band
from metropole.core.lifecycle import TransitionRefusedError
from metropole.notifications.models import Notification
from tests.factories import NeedFactory, OrganisationFactory

from .conftest import make_agent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NONE = Band()
WHY = "Nous avons la même place."


def told(person) -> set[str]:
    return set(Notification.objects.filter(person=person).values_list("kind", flat=True))


def joined(need, lead, other, band=NONE) -> CoCarrier:
    invitation = carriers.invite(need, other.organisation, lead.person)
    carriers.accept(invitation, other.person, band, WHY)
    invitation.refresh_from_db()
    return invitation


def test_an_invited_authority_carries_the_need_once_who_engages_it_accepts(need, lead, other):
    invitation = carriers.invite(need, other.organisation, lead.person)
    assert invitation.state == CoCarrierState.INVITED
    assert "need.invited" in told(other.person)
    carriers.accept(invitation, other.person, Band(1000, 2000), WHY)
    kept = CoCarrier.objects.get()
    assert (kept.state, kept.value_low, kept.value_high) == (CoCarrierState.ACCEPTED, 1000, 2000)
    assert kept.decided_by == other.person
    assert need.carriers == [lead.organisation, other.organisation]


def test_the_joining_of_an_open_need_is_a_numbered_amendment_with_its_reason(need, lead, other):
    joined(need, lead, other)
    amendment = Amendment.objects.get()
    assert (amendment.number, amendment.kind, amendment.state) == (
        1, AmendmentKind.CARRIERS, AmendmentState.PUBLISHED,
    )  # fmt: skip
    assert amendment.changes == [{"field": "carriers", "old": "Antony", "new": "Antony, Bagneux"}]
    assert amendment.reason == WHY
    event = NeedEvent.objects.get(need=need)
    assert (event.action, event.person, event.organisation) == ("add_carrier", other.person, other.organisation)
    assert event.details == {"amendment": 1}


def test_what_all_would_spend_stands_in_the_amendment_only_where_everybody_may_read_it(need, lead, other):
    need.value_low, need.value_high, need.value_is_public = 10_000, 20_000, True
    need.save()
    joined(need, lead, other, Band(1, 5_000))
    (change,) = Amendment.objects.get().changes
    assert change["old"].startswith("Antony – 20")
    assert change["new"].startswith("Antony, Bagneux – 25")


def test_the_joining_of_a_need_that_is_not_published_is_no_amendment(lead, other):
    need = NeedFactory(organisation=lead.organisation, draft=True)
    joined(need, lead, other)
    assert not Amendment.objects.exists()
    assert {"need.joined"} <= told(lead.person)


@pytest.mark.parametrize("rights", [{"engages": False}, {"engages": False, "owns": True}])
def test_an_agent_who_does_not_engage_their_authority_neither_accepts_nor_declines_nor_asks(need, lead, rights):
    agent = make_agent(**rights)
    invitation = carriers.invite(need, agent.organisation, lead.person)
    for act in (
        lambda: carriers.accept(invitation, agent.person, NONE, WHY),
        lambda: carriers.decline(invitation, agent.person),
    ):
        with pytest.raises(PermissionDenied):
            act()
    carriers.take_back(invitation, lead.person)
    with pytest.raises(PermissionDenied):
        carriers.ask(need, agent.organisation, agent.person, NONE, WHY)


def test_nobody_engages_an_authority_that_is_not_theirs(need, lead, other):
    stranger = make_agent()
    invitation = carriers.invite(need, other.organisation, lead.person)
    with pytest.raises(PermissionDenied):
        carriers.accept(invitation, stranger.person, NONE, WHY)
    with pytest.raises(PermissionDenied):
        carriers.invite(need, stranger.organisation, other.person)


def test_a_company_and_the_lead_itself_cannot_join(need, lead):
    for organisation in (OrganisationFactory(), lead.organisation):
        with pytest.raises(ValidationError) as refused:
            carriers.invite(need, organisation, lead.person)
        assert "organisation" in refused.value.message_dict


def test_an_invitation_that_stands_is_not_sent_again_and_one_that_was_declined_is(need, lead, other):
    invitation = carriers.invite(need, other.organisation, lead.person)
    with pytest.raises(ValidationError):
        carriers.invite(need, other.organisation, lead.person)
    carriers.decline(invitation, other.person, "Pas cette année.")
    assert "need.declined" in told(lead.person)
    again = carriers.invite(need, other.organisation, lead.person)
    assert (again.pk, again.state, again.reason) == (invitation.pk, CoCarrierState.INVITED, "")
    assert Notification.objects.filter(person=other.person, kind="need.invited").count() == 2


def test_an_authority_asks_and_the_lead_lets_it_join_with_what_it_said(need, lead, other):
    request = carriers.ask(need, other.organisation, other.person, Band(500, 900), WHY)
    assert "need.asked" in told(lead.person)
    with pytest.raises(PermissionDenied):
        carriers.admit(request, other.person)
    carriers.admit(request, lead.person)
    request.refresh_from_db()
    assert (request.state, request.value_high) == (CoCarrierState.ACCEPTED, 900)
    assert Amendment.objects.get().reason == WHY
    assert "need.joined" in told(other.person)


def test_a_request_is_refused_with_a_reason_that_the_authority_is_told(need, lead, other):
    request = carriers.ask(need, other.organisation, other.person, NONE, WHY)
    with pytest.raises(TransitionRefusedError):
        carriers.turn_down(request, lead.person, " ")
    carriers.turn_down(request, lead.person, "Trop loin.")
    request.refresh_from_db()
    assert request.state == CoCarrierState.REFUSED
    news = Notification.objects.get(person=other.person, kind="need.turned_down")
    assert news.words["reason"] == "Trop loin."


def test_what_waits_is_taken_back_by_who_asked_and_leaves_nothing(need, lead, other):
    invitation = carriers.invite(need, other.organisation, lead.person)
    with pytest.raises(PermissionDenied):
        carriers.take_back(invitation, other.person)
    carriers.take_back(invitation, lead.person)
    request = carriers.ask(need, other.organisation, other.person, NONE, WHY)
    with pytest.raises(PermissionDenied):
        carriers.take_back(request, lead.person)
    carriers.take_back(request, other.person)
    assert not CoCarrier.objects.exists()


def test_leaving_an_open_need_is_an_amendment_and_owes_a_reason(need, lead, other):
    carrier = joined(need, lead, other)
    with pytest.raises(TransitionRefusedError):
        carriers.leave(carrier, other.person, "")
    carriers.leave(carrier, other.person, "Le budget manque.")
    carrier.refresh_from_db()
    assert carrier.state == CoCarrierState.LEFT
    last = Amendment.objects.order_by("number").last()
    assert (last.number, last.reason) == (2, "Le budget manque.")
    assert last.changes == [{"field": "carriers", "old": "Antony, Bagneux", "new": "Antony"}]
    assert "need.left" in told(other.person)


def test_from_the_instant_of_its_closing_nobody_joins_or_leaves_a_need(need, lead, other):
    third = make_agent()
    carrier = joined(need, lead, other)
    invitation = carriers.invite(need, third.organisation, lead.person)
    with time_machine.travel(need.closes_at, tick=False):
        for act in (
            lambda: carriers.accept(invitation, third.person, NONE, WHY),
            lambda: carriers.leave(carrier, other.person, "Non."),
            lambda: carriers.invite(need, make_agent().organisation, lead.person),
            lambda: carriers.ask(need, make_agent().organisation, third.person, NONE, WHY),
        ):
            with pytest.raises(WrongStateError):
                act()
    with time_machine.travel(need.closes_at - dt.timedelta(microseconds=1), tick=False):
        carriers.accept(invitation, third.person, NONE, WHY)


def test_an_answer_to_what_was_taken_back_meanwhile_is_refused(need, lead, other):
    invitation = carriers.invite(need, other.organisation, lead.person)
    carriers.take_back(invitation, lead.person)
    invitation.pk = 999_999
    with pytest.raises(TransitionRefusedError):
        carriers.accept(invitation, other.person, NONE, WHY)


def test_of_two_answers_the_second_is_refused(need, lead, other):
    invitation = carriers.invite(need, other.organisation, lead.person)
    carriers.accept(invitation, other.person, NONE, WHY)
    with pytest.raises(TransitionRefusedError):
        carriers.decline(invitation, other.person)
    assert Amendment.objects.count() == 1


def test_who_joins_does_not_go_on_saying_that_it_has_the_need_too(need, lead, other):
    need.interests.create(organisation=other.organisation)
    joined(need, lead, other)
    assert not need.interests.exists()


def test_a_note_is_written_after_the_closing_and_before_the_outcome(lead, other):
    need = NeedFactory(organisation=lead.organisation, studying=True)
    carrier = CoCarrier.objects.create(need=need, organisation=other.organisation, state=CoCarrierState.ACCEPTED)
    with pytest.raises(PermissionDenied):
        carriers.write_note(carrier, lead.person, "Non.")
    carriers.write_note(carrier, other.person, "La démonstration n’a pas eu lieu.")
    carrier.refresh_from_db()
    assert carrier.veto == "La démonstration n’a pas eu lieu."
    assert carrier.veto_at
    news = Notification.objects.get(person=lead.person, kind="need.note")
    assert "démonstration" not in str(news.words)
    carriers.write_note(carrier, other.person, "")
    carrier.refresh_from_db()
    assert (carrier.veto, carrier.veto_at) == ("", None)


def test_a_note_that_is_too_long_is_refused_at_its_field(lead, other):
    need = NeedFactory(organisation=lead.organisation, studying=True)
    carrier = CoCarrier.objects.create(need=need, organisation=other.organisation, state=CoCarrierState.ACCEPTED)
    with pytest.raises(ValidationError) as refused:
        carriers.write_note(carrier, other.person, "x" * 2001)
    assert "veto" in refused.value.message_dict


def test_no_note_is_written_while_the_need_is_open(need, lead, other):
    carrier = joined(need, lead, other)
    with pytest.raises(WrongStateError):
        carriers.write_note(carrier, other.person, "Non.")
