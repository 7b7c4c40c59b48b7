"""The panel asks the same of all who are invited, who have the same time; nobody reads an answer before it is over."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from metropole.notifications.models import Notification
from metropole.responses.models import Exchange, ExchangeAnswer
from metropole.responses.opening import exchanging
from tests.factories import MembershipFactory

from .steps import open_by, read_by, respond
from .test_opening import join

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def opened(need, response, first, second):
    need = open_by(need, first, second)
    read_by(need, first)
    return need


def ask(need, person, responses, days=5):
    return exchanging.invite(
        need, person, "precision", "Fonctionne-t-il sans réseau ?", timezone.now() + dt.timedelta(days=days), responses
    )


def test_all_who_are_invited_are_told_the_same_and_of_nobody_else(need, response, first, second, depositor):
    other = respond(need)
    colleague = MembershipFactory(organisation=other.organisation, deposits=True).person
    left_out = respond(need)
    silent = MembershipFactory(organisation=left_out.organisation, deposits=True).person
    opened = open_by(need, first, second)
    read_by(opened, first)
    ask(opened, first, [response, other])
    told = Notification.objects.filter(kind="response.invited")
    assert {news.person for news in told} == {depositor, colleague}
    assert len({(news.words["text"], news.words["due"]) for news in told}) == 1
    assert not told.filter(person=silent).exists()
    assert not any(name in str(news.words) for news in told for name in ("Zébulon", other.organisation.name))


def test_an_answer_is_sealed_until_the_time_of_all_is_over(opened, response, first, second, depositor, as_person):
    exchange = ask(opened, first, [response])
    (invited,) = exchange.answers.all()
    exchanging.answer(invited, depositor, "Oui, par radio.")
    exchanging.answer(invited, depositor, "Oui, par radio longue portée.")
    assert b"radio" not in bytes(ExchangeAnswer.objects.get().answer)
    partner = join(opened)
    read_by(opened, partner)
    addresses = [
        reverse("opening:exchanges", args=[opened.key]),
        reverse("opening:response", args=[opened.key, response.pk]),
    ]
    for address in addresses:
        assert "longue portée" not in as_person(partner).get(address).content.decode()
    with time_machine.travel(exchange.due_at, tick=False):
        for address in addresses:
            assert "longue portée" in as_person(partner).get(address).content.decode()


def test_who_answers_late_by_an_instant_is_refused(opened, response, first, depositor, as_person):
    exchange = ask(opened, first, [response])
    (invited,) = exchange.answers.all()
    with time_machine.travel(exchange.due_at, tick=False):
        with pytest.raises(ValidationError):
            exchanging.answer(invited, depositor, "Oui.")
        page = as_person(depositor).post(reverse("opening:answer", args=[invited.pk]), {"text": "Ma réponse tardive"})
        assert "Ma réponse tardive" in page.content.decode()
    with time_machine.travel(exchange.due_at - dt.timedelta(seconds=1), tick=False):
        as_person(depositor).post(reverse("opening:answer", args=[invited.pk]), {"text": "À temps"})
    assert exchanging.own_words(ExchangeAnswer.objects.get()) == "À temps"


def test_others_neither_see_nor_answer_it(opened, response, first, second, as_person, depositor, company):
    (invited,) = ask(opened, first, [response]).answers.all()
    stranger = MembershipFactory(deposits=True).person
    reader_only = MembershipFactory(organisation=company).person
    address = reverse("opening:answer", args=[invited.pk])
    assert as_person(stranger).get(address).status_code == 404
    assert as_person(first).get(address).status_code == 404
    assert as_person(reader_only).get(address).status_code == 200
    assert as_person(reader_only).post(address, {"text": "Oui."}).status_code == 403
    with pytest.raises(PermissionDenied):
        exchanging.answer(invited, stranger, "Oui.")


def test_what_is_asked_has_words_a_time_and_somebody_to_answer(opened, response, first):
    with pytest.raises(ValidationError) as refused:
        exchanging.invite(opened, first, "chat", " ", timezone.now(), [])
    assert set(refused.value.message_dict) == {"kind", "text", "due_at", "responses"}


def test_the_lead_alone_asks(opened, response, first):
    partner = join(opened)
    read_by(opened, partner)
    with pytest.raises(PermissionDenied):
        ask(opened, partner, [response])


def test_the_lead_asks_on_the_screen_and_hours_that_do_not_exist_are_refused(opened, response, first, as_person):
    client, address = as_person(first), reverse("opening:exchanges", args=[opened.key])
    posted = {"kind": "demo", "text": "Montrez-le.", "responses": [str(response.pk)]}
    for due_at in ("2027-03-28T02:30", "9999-12-31T23:59", "hier", ""):
        page = client.post(address, {**posted, "due_at": due_at})
        assert page.status_code == 200
        assert "Montrez-le." in page.content.decode()
    assert not Exchange.objects.exists()
    due_at = (timezone.localtime() + dt.timedelta(days=9)).strftime("%Y-%m-%dT12:00")
    assert client.post(address, {**posted, "due_at": due_at}).status_code == 302
    assert Exchange.objects.get().answers.count() == 1
    forged = client.post(address, {**posted, "due_at": due_at, "responses": ["x"]})
    assert forged.status_code == 200
