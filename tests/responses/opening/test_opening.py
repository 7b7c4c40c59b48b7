"""Two people open the responses to a need that has closed, each with their statement; before, all is sealed."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from metropole.board.enums import CoCarrierState, NeedMode, NeedState
from metropole.board.lifecycle.services import WrongStateError, take
from metropole.board.models import CoCarrier
from metropole.notifications.models import Notification
from metropole.responses.models import Opening
from metropole.responses.opening import asking
from metropole.responses.opening.minutes import digest_of
from metropole.responses.opening.printing import minutes_pdf
from tests.factories import MembershipFactory, NeedFactory, ResponseFactory, UserFactory

from .steps import NONE, open_by

pytestmark = pytest.mark.django_db


def join(need, membership=None):
    membership = membership or MembershipFactory(contributes=True)
    CoCarrier.objects.create(need=need, organisation=membership.organisation, state=CoCarrierState.ACCEPTED)
    return membership.person


def test_one_asks_and_another_opens_with_the_receipts_of_all_that_was_deposited(need, response, first, second):
    ResponseFactory(need=need)
    ResponseFactory(need=need, version=1, withdrawn_at=need.closes_at - dt.timedelta(hours=1))
    opened = open_by(need, first, second)
    assert opened.state == NeedState.STUDYING
    opening = Opening.objects.get(need=need)
    assert (opening.asked_by, opening.confirmed_by, opening.confirmed_at) == (first, second, opened.opened_at)
    (row,) = opening.minutes["receipts"]
    assert (row["number"], row["digest"]) == (response.receipts.get().number, response.digest)
    assert opening.digest == digest_of(opening.minutes)
    assert "Zébulon" not in str(opening.minutes)


def test_who_asked_does_not_open(need, first, second):
    asking.ask(need, first, NONE)
    with pytest.raises(ValidationError, match=r"yourself|vous-même"):
        asking.confirm(need, first, NONE)
    assert Opening.objects.get().confirmed_at is None


def test_nobody_opens_what_nobody_has_asked_for(need, first, second):
    with pytest.raises(ValidationError):
        asking.confirm(need, second, NONE)
    asking.ask(need, first, NONE)
    asking.take_back(need, second)
    with pytest.raises(ValidationError):
        asking.confirm(need, second, NONE)


def test_both_owe_their_statement(need, first, second):
    with pytest.raises(ValidationError) as refused:
        asking.ask(need, first, "  ")
    assert "statement" in refused.value.message_dict
    asking.ask(need, first, NONE)
    with pytest.raises(ValidationError) as refused:
        asking.confirm(need, second, "")
    assert "statement" in refused.value.message_dict
    with pytest.raises(ValidationError):
        take(need, "open_responses", second)


def test_it_is_opened_once(need, first, second):
    open_by(need, first, second)
    with pytest.raises(WrongStateError):
        asking.confirm(need, second, NONE)
    with pytest.raises(PermissionDenied):
        asking.ask(need, first, NONE)
    with pytest.raises(PermissionDenied):
        asking.take_back(need, first)


def test_a_need_is_not_opened_before_the_instant_of_its_closing(lead, first, second, frame):
    need = NeedFactory(organisation=lead.organisation)
    just_before = need.closes_at - dt.timedelta(microseconds=1)
    with time_machine.travel(just_before, tick=False), pytest.raises(PermissionDenied):
        asking.ask(need, first, NONE)
    with time_machine.travel(need.closes_at, tick=False):
        assert open_by(need, first, second).state == NeedState.STUDYING


def test_what_refers_to_an_official_consultation_is_not_opened(need, first):
    type(need).objects.filter(pk=need.pk).update(mode=NeedMode.REFERRAL)
    with pytest.raises(PermissionDenied):
        asking.ask(need, first, NONE)


def test_without_any_response_it_is_opened_and_the_minutes_say_so(need, first, second, as_person):
    open_by(need, first, second)
    assert Opening.objects.get().minutes["receipts"] == []
    page = as_person(first).get(reverse("opening:minutes", args=[need.key])).content.decode()
    assert "Aucune réponse" in page or "No response was deposited" in page


def test_where_another_authority_carries_the_need_the_second_is_of_that_one(need, first, second):
    partner = join(need)
    opening = asking.ask(need, first, NONE)
    assert asking.seconds(opening) == [partner]
    with pytest.raises(ValidationError):
        asking.confirm(need, second, NONE)
    assert asking.confirm(need, partner, NONE).state == NeedState.STUDYING
    assert Opening.objects.get().confirmed_for == partner.memberships.get().organisation


def test_a_moderator_is_the_second_only_where_there_is_no_other_agent(need, first, moderator):
    asking.ask(need, first, NONE)
    assert Notification.objects.filter(person=moderator, kind="opening.asked").exists()
    assert asking.confirm(need, moderator, NONE).state == NeedState.STUDYING
    assert Opening.objects.get().confirmed_for is None


def test_a_moderator_does_not_take_the_place_of_a_colleague(need, first, second, moderator):
    asking.ask(need, first, NONE)
    with pytest.raises(ValidationError):
        asking.confirm(need, moderator, NONE)
    told = Notification.objects.filter(kind="opening.asked").values_list("person", flat=True)
    assert list(told) == [second.pk]


def test_a_stranger_neither_asks_nor_opens(need, first, second):
    stranger = MembershipFactory(contributes=True).person
    with pytest.raises(PermissionDenied):
        asking.ask(need, stranger, NONE)
    asking.ask(need, first, NONE)
    with pytest.raises(PermissionDenied):
        asking.confirm(need, stranger, NONE)


def test_the_request_of_somebody_who_has_left_opens_nothing(need, lead, first, second):
    asking.ask(need, first, NONE)
    lead.contributes = False
    lead.save()
    with pytest.raises(ValidationError):
        asking.confirm(need, second, NONE)


def test_the_database_refuses_one_person_in_both_places_and_changed_minutes(need, first, second):
    open_by(need, first, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.update(minutes={"receipts": []})
    Opening.objects.update(confirmed_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.update(confirmed_by=first)


def test_the_minutes_are_a_file_too(need, response, first, second, as_person):
    open_by(need, first, second)
    assert minutes_pdf(Opening.objects.get()).startswith(b"%PDF")
    answer = as_person(second).get(reverse("opening:minutes_pdf", args=[need.key]))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]


def test_two_agents_open_on_the_screens(need, response, first, second, client):
    address = reverse("opening:opening", args=[need.key])
    client.force_login(first)
    assert client.post(address, {"statement": NONE}).status_code == 200
    assert not Opening.objects.exists()
    page = client.post(address, {"statement": NONE, "agreed": "on"}, follow=True).content.decode()
    assert second.email in page or str(second) in page
    client.post(address, {"statement": NONE, "agreed": "on"})
    assert Opening.objects.get().confirmed_at is None
    client.force_login(second)
    assert NONE in client.get(address).content.decode()
    page = client.post(address, {"statement": NONE, "agreed": "on"}, follow=True).content.decode()
    assert response.digest in page


def test_before_the_opening_no_page_shows_anybody_that_there_is_a_response(
    need, response, first, second, moderator, client
):
    asking.ask(need, first, NONE)
    people = (first, second, moderator, UserFactory(administrator=True), MembershipFactory(contributes=True).person)
    keyed = ("opening", "minutes", "minutes_pdf", "declaration", "responses", "responses_xlsx", "bundle_pdf",
             "bundle_xlsx", "exchanges")  # fmt: skip
    addresses = [reverse(f"opening:{name}", args=[need.key]) for name in keyed]
    single = ("response", "notes", "opinion", "decision")
    addresses += [reverse(f"opening:{name}", args=[need.key, response.pk]) for name in single]
    addresses += [reverse("opening:received", args=[response.pk]), reverse("board:manage", args=[need.key])]
    addresses += [need.get_absolute_url(), reverse("opening:public_bundle", args=[need.slug])]
    for person in people:
        client.force_login(person)
        for address in addresses:
            answer = client.get(address)
            page = answer.content.decode(errors="replace")
            assert not any(word in page for word in ("Zébulon", response.digest, "Nos capteurs comptent")), address
            if "/responses/" in address or "/reponses/" in address:
                assert answer.status_code in (403, 404), address
    told = " ".join(str(news.words) for news in Notification.objects.all())
    assert "Zébulon" not in told
