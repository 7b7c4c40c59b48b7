"""A company asks while questions are taken, after reading once more what it sends."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from metropole.board.enums import CoCarrierState, NeedMode
from metropole.board.models import CoCarrier, Question
from metropole.board.questions import services
from metropole.core.lifecycle import TransitionRefusedError
from metropole.organisations.enums import MembershipState
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, UserFactory

from .conftest import at

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TEXT = "Quelle est la surface ?"


def form(company, text=TEXT, step="send") -> dict:
    return {"organisation": company.pk, "text": text, "step": step}


def test_what_is_typed_is_read_once_more_before_it_is_sent(client, need, asker, company):
    client.force_login(asker)
    shown = client.post(at("ask", "place"), form(company, "Quelle surface ?\r\nEt l’ombre ?", step=""))
    assert not Question.objects.exists()
    assert shown.context["text"] == "Quelle surface ?\nEt l’ombre ?"
    again = client.post(at("ask", "place"), form(company, "Quelle surface ?", step="change"))
    assert "Quelle surface ?" in again.content.decode()
    assert not Question.objects.exists()
    client.post(at("ask", "place"), form(company))
    question = Question.objects.get()
    assert (question.need, question.text, question.asker) == (need, TEXT, asker)
    assert question.asker_organisation == company


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("Chez Kwytzal, nous demandons.", "Kwytzal (Paris) SAS"),
        ("QUASTLER demande.", "Quastler"),
        ("Zoe demande.", "Zoé"),
        ("Écrivez à zoe@quastlerium.example", "zoe@quastlerium.example"),
        ("Voir quastlerium", "quastlerium"),
        ("Appelez le 01 22 33 44 55.", "01 22 33 44 55"),
        ("Notre société peut-elle ?", "Notre société"),
    ],
)
def test_the_asker_is_shown_what_in_their_own_words_gives_them_away(client, need, asker, company, text, trace):
    client.force_login(asker)
    assert trace in client.post(at("ask", "place"), form(company, text, step="")).context["traces"]


def test_words_that_show_nobody_are_not_pointed_out(client, need, asker, company):
    client.force_login(asker)
    shown = client.post(at("ask", "place"), form(company, "Quelle surface, en 2027, pour 300 000 € ?", step=""))
    assert shown.context["traces"] == []


@pytest.mark.parametrize("late", [0, 1])
def test_from_the_end_of_questions_on_none_is_taken_and_what_was_typed_stays(client, need, asker, company, late):
    client.force_login(asker)
    with time_machine.travel(need.questions_close_at + dt.timedelta(seconds=late), tick=False):
        client.force_login(asker)
        answer = client.post(at("ask", "place"), form(company))
        assert answer.status_code == 403
        assert TEXT in answer.content.decode()
        with pytest.raises(TransitionRefusedError):
            services.ask(need, company, TEXT, asker)
    assert not Question.objects.exists()


def test_until_the_last_instant_a_question_is_taken(need, asker, company):
    with time_machine.travel(need.questions_close_at - dt.timedelta(microseconds=1), tick=False):
        assert services.ask(need, company, TEXT, asker).text == TEXT


def test_the_clock_is_read_again_within_the_transaction(client, need, asker, company, monkeypatch):
    monkeypatch.setattr("metropole.board.questions.views.why_no_question", lambda need: "")
    client.force_login(asker)
    with time_machine.travel(need.questions_close_at, tick=False):
        client.force_login(asker)
        answer = client.post(at("ask", "place"), form(company))
    assert answer.status_code == 403
    assert answer.context["form"].errors
    assert TEXT in answer.content.decode()
    assert not Question.objects.exists()


def test_without_a_day_of_its_own_questions_are_taken_until_the_need_closes(asker, company):
    need = NeedFactory()
    with time_machine.travel(need.closes_at - dt.timedelta(seconds=1), tick=False):
        services.ask(need, company, TEXT, asker)
    with time_machine.travel(need.closes_at, tick=False), pytest.raises(TransitionRefusedError):
        services.ask(need, company, "Autre chose ?", asker)


@pytest.mark.parametrize("trait", ["closed", "studying", "draft", "in_review"])
def test_a_need_that_is_not_open_takes_no_question(client, asker, company, trait):
    need = NeedFactory(**{trait: True})
    with pytest.raises(TransitionRefusedError):
        services.ask(need, company, TEXT, asker)
    client.force_login(asker)
    expected = 404 if trait in ("draft", "in_review") else 403
    assert client.post(at("ask", need.slug), form(company)).status_code == expected


def test_who_asks_about_a_referral_is_sent_to_the_consultation(asker, company):
    need = NeedFactory(mode=NeedMode.REFERRAL)
    with pytest.raises(TransitionRefusedError, match="consultation"):
        services.ask(need, company, TEXT, asker)


def test_a_need_that_is_not_there_takes_no_question(client, asker, company):
    client.force_login(asker)
    assert client.post(at("ask", "ailleurs"), form(company)).status_code == 404


@pytest.mark.parametrize(
    "membership",
    [
        {},
        {"owns": True},
        {"contributes": True, "state": MembershipState.ASKED},
        {"contributes": True, "state": MembershipState.LEFT},
        {"contributes": True, "organisation__verification": "waiting"},
        {"contributes": True, "organisation__commune": True},
        {"contributes": True, "organisation__kind": "public_body"},
    ],
)
def test_only_who_contributes_or_deposits_for_a_verified_company_asks(client, need, membership):
    member = MembershipFactory(**{"organisation__commune": False} | membership)
    with pytest.raises(PermissionDenied):
        services.ask(need, member.organisation, TEXT, member.person)
    client.force_login(member.person)
    assert client.get(at("ask", "place")).status_code == 403
    answer = client.post(at("ask", "place"), form(member.organisation))
    assert answer.status_code == 403
    assert TEXT in answer.content.decode()
    assert not Question.objects.exists()


def test_who_deposits_asks_as_well_as_who_contributes(need):
    member = MembershipFactory(organisation__commune=False, deposits=True)
    assert services.ask(need, member.organisation, TEXT, member.person).asker == member.person


def test_nobody_asks_about_a_need_of_their_own_authority(client, need, authority, asker, company):
    MembershipFactory(person=asker, organisation=authority)
    with pytest.raises(PermissionDenied):
        services.ask(need, company, TEXT, asker)
    client.force_login(asker)
    assert client.get(at("ask", "place")).status_code == 403


def test_an_organisation_that_carries_the_need_does_not_ask_about_it(need, asker, company):
    CoCarrier.objects.create(need=need, organisation=company, state=CoCarrierState.ACCEPTED)
    with pytest.raises(PermissionDenied):
        services.ask(need, company, TEXT, asker)


def test_one_asks_for_ones_own_organisation_alone(client, need, asker, company):
    forged = OrganisationFactory()
    with pytest.raises(ValidationError) as refused:
        services.ask(need, forged, TEXT, asker)
    assert "organisation" in refused.value.message_dict
    client.force_login(asker)
    for value in (forged.pk, "x", "9" * 30):
        answer = client.post(at("ask", "place"), form(company) | {"organisation": value})
        assert answer.context["form"].errors["organisation"]
        assert TEXT in answer.content.decode()
    assert not Question.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 2001, "a\0b"])
def test_nothing_and_too_much_are_refused_at_the_field(client, need, asker, company, text):
    client.force_login(asker)
    for step in ("send", "", "change"):
        answer = client.post(at("ask", "place"), form(company, text, step))
        assert answer.context["form"].errors["text"]
    if "\0" not in text:
        with pytest.raises(ValidationError):
            services.ask(need, company, text, asker)
    assert not Question.objects.exists()


def test_each_line_counts_as_it_was_typed(client, need, asker, company):
    client.force_login(asker)
    typed = "\r\n".join(["a" * 99] * 20)
    assert client.post(at("ask", "place"), form(company, typed)).status_code == 302
    assert Question.objects.get().text == typed.replace("\r\n", "\n")


def test_the_same_sent_twice_is_one_question(need, asker, company):
    first = services.ask(need, company, TEXT, asker)
    assert services.ask(need, company, f" {TEXT} ", asker) == first
    assert Question.objects.count() == 1


def test_ten_questions_are_sent_within_an_hour_and_the_eleventh_is_not_lost(client, need, asker, company):
    client.force_login(asker)
    statuses = [client.post(at("ask", "place"), form(company, f"Question {n} ?")).status_code for n in range(10)]
    assert statuses == [302] * 10
    refused = client.post(at("ask", "place"), form(company, "Question onze ?"))
    assert refused.status_code == 429
    assert "Question onze ?" in refused.content.decode()
    assert Question.objects.count() == 10


def test_a_visitor_is_led_to_the_sign_in_and_back(client, need):
    answer = client.get(at("ask", "place"))
    assert answer.status_code == 302
    assert "next=/fr/espace/questions" in answer.url or "next=/fr/workspace/questions" in answer.url


def test_each_person_reads_their_own_questions_alone(client, question, asker):
    other = MembershipFactory(person=UserFactory(), organisation=question.asker_organisation, contributes=True).person
    for person, expected in ((asker, True), (other, False)):
        client.force_login(person)
        assert (question.text in client.get(at("mine")).content.decode()) == expected
