"""Each response has its decision and its reason; then the outcome is told to all at the same instant."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from metropole.board.enums import NeedState, Phase
from metropole.board.lifecycle.services import take
from metropole.board.models import Amendment, CoCarrier, Need, NeedEvent
from metropole.notifications.models import Notification
from metropole.responses.enums import ResponseState, Verdict
from metropole.responses.models import Conclusion, Decision, FollowUp, Response
from metropole.responses.opening import exchanging, reading
from metropole.responses.opening.bundle import bundle_of
from metropole.responses.opening.concluding import standing
from metropole.responses.opening.outcome_guards import veto_notes
from metropole.responses.states import response_state
from tests.factories import MembershipFactory, NeedFactory

from .steps import decide, open_by, read_by, respond
from .test_opening import join

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ROUTE = {"route": "dispensation_supplies", "amount": 15_000}


@pytest.fixture
def studied(enquiry, company, depositor, first, second):
    """A direct enquiry that was opened, with one response that its lead has read."""
    respond(enquiry, company, name_may_be_published=True, publishable="Des capteurs sobres.")
    need = open_by(enquiry, first, second)
    read_by(need, first)
    return need


@pytest.fixture
def sourcing(need, response, first, second):
    need = open_by(need, first, second)
    read_by(need, first)
    return need


def retain(need, person):
    return decide(need.responses.get(), person, Verdict.RETAINED, "La plus sobre.")


def test_a_decision_owes_its_reason_and_what_is_not_admissible_its_ground(studied, first):
    response = studied.responses.get()
    for verdict, reason, ground, field in (
        (Verdict.RETAINED, " ", "", "reason"),
        (Verdict.INADMISSIBLE, "Non.", "", "ground"),
        (Verdict.STUDIED, "Lue.", "", "verdict"),
        ("adopted", "Oui.", "", "verdict"),
    ):
        with pytest.raises(ValidationError) as refused:
            decide(response, first, verdict, reason, ground)
        assert field in refused.value.message_dict
    assert decide(response, first, Verdict.INADMISSIBLE, "Hors délai.", "other").ground == "other"
    assert decide(response, first, Verdict.RETAINED, "Bien.", "other").ground == ""


def test_a_sourcing_retains_nobody(sourcing, response, first):
    with pytest.raises(ValidationError):
        decide(response, first, Verdict.RETAINED)
    assert decide(response, first, Verdict.STUDIED).verdict == Verdict.STUDIED


def test_the_lead_decides_alone_and_only_what_somebody_has_read(studied, second, first):
    partner = join(studied)
    read_by(studied, partner)
    with pytest.raises(PermissionDenied):
        decide(studied.responses.get(), partner, Verdict.RETAINED)
    reading.declare(studied, second, has_conflict=True, statement="Mon frère.")
    with pytest.raises(PermissionDenied):
        decide(studied.responses.get(), second, Verdict.RETAINED)
    studied.responses.get().readings.all().delete()
    with pytest.raises(ValidationError):
        decide(studied.responses.get(), first, Verdict.RETAINED)


def test_one_response_is_retained_unless_the_need_takes_several(enquiry, first, second):
    responses = [respond(enquiry), respond(enquiry)]
    need = open_by(enquiry, first, second)
    read_by(need, first)
    decide(responses[0], first, Verdict.RETAINED)
    with pytest.raises(ValidationError):
        decide(responses[1], first, Verdict.RETAINED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(response=responses[1], verdict=Verdict.RETAINED, reason="Aussi.", sole_of=need)
    Need.objects.filter(pk=need.pk).update(several_retained=True)
    decide(responses[1], first, Verdict.RETAINED)
    decide(responses[0], first, Verdict.RETAINED)
    assert take(need, "adopt", first, reason="Deux lots.", **ROUTE).state == NeedState.ADOPTED


def test_nobody_learns_a_decision_before_all_do(studied, first, depositor, as_person, company):
    response = studied.responses.get()
    retain(studied, first)
    assert response_state(Response.objects.get()) == ResponseState.TO_STUDY
    address = reverse("opening:received", args=[response.pk])
    assert "La plus sobre." not in as_person(depositor).get(address).content.decode()
    assert not Notification.objects.filter(kind="response.decided").exists()
    take(studied, "adopt", first, reason="Elle répond au besoin.", **ROUTE)
    assert response_state(Response.objects.get()) == ResponseState.RETAINED
    assert "La plus sobre." in as_person(depositor).get(address).content.decode()
    news = Notification.objects.get(kind="response.decided", person=depositor)
    assert "La plus sobre." in news.words["reason"]


def test_all_are_told_at_the_instant_of_the_outcome_each_of_their_own(enquiry, first, second):
    responses = [respond(enquiry) for _number in range(3)]
    people = [MembershipFactory(organisation=one.organisation, deposits=True).person for one in responses]
    need = open_by(enquiry, first, second)
    read_by(need, first)
    decide(responses[0], first, Verdict.RETAINED, "Raison de 0.")
    decide(responses[1], first, Verdict.NOT_RETAINED, "Raison de 1.")
    decide(responses[2], first, Verdict.INADMISSIBLE, "Raison de 2.", "incomplete")
    need = take(need, "adopt", first, reason="Elle répond au besoin.", **ROUTE)
    assert {one.told_at for one in Decision.objects.all()} == {need.outcome_at}
    for number, person in enumerate(people):
        (news,) = Notification.objects.filter(kind="response.decided", person=person)
        said = str(news.words)
        assert [f"Raison de {other}." in said for other in range(3)] == [other == number for other in range(3)]
        assert not any(other.organisation.name in said for other in responses)


@pytest.mark.parametrize("step", ["adopt", "find_none_suitable"])
def test_no_outcome_without_a_decision_for_each_response(studied, first, step):
    with pytest.raises(ValidationError):
        take(studied, step, first, reason="Parce que.", **ROUTE)
    assert not Conclusion.objects.exists()


def test_no_outcome_while_a_response_is_unread(enquiry, first, second):
    respond(enquiry)
    need = open_by(enquiry, first, second)
    reading.declare(need, first, has_conflict=False)
    with pytest.raises(ValidationError):
        take(need, "find_none_suitable", first, reason="Rien ne convient.")


def test_what_is_retained_is_adopted_and_nothing_else(studied, first):
    retain(studied, first)
    for step, details in (
        ("find_none_suitable", {}),
        ("abandon", {}),
        ("launch_consultation", {"url": "https://a.fr"}),
    ):
        with pytest.raises(ValidationError):
            take(studied, step, first, reason="Parce que.", **details)
    decide(studied.responses.get(), first, Verdict.NOT_RETAINED)
    with pytest.raises(ValidationError):
        take(studied, "adopt", first, reason="Parce que.", **ROUTE)
    assert take(studied, "find_none_suitable", first, reason="Rien ne convient.").state == NeedState.NONE_SUITABLE


def test_an_adoption_says_its_route_and_an_amount_below_the_threshold(studied, first):
    retain(studied, first)
    for details, field in (
        ({}, "route"),
        ({"route": "formal_works", "amount": 1}, "route"),
        ({"route": "dispensation_supplies"}, "amount"),
        ({"route": "dispensation_supplies", "amount": -1}, "amount"),
        ({"route": "dispensation_supplies", "amount": 60_000}, "amount"),
        ({"route": "innovative", "amount": 80_000}, "innovation_reason"),
    ):
        with pytest.raises(ValidationError) as refused:
            take(studied, "adopt", first, reason="Parce que.", **details)
        assert field in refused.value.message_dict
    take(studied, "adopt", first, reason="Oui.", route="innovative", amount=80_000, innovation_reason="Une première.")
    conclusion = standing(studied)
    assert (conclusion.threshold.amount, conclusion.amount, conclusion.innovation_reason) == (
        100_000,
        80_000,
        "Une première.",
    )


def test_retaining_the_same_firm_again_is_confirmed(studied, first, second, company):
    retain(studied, first)
    take(studied, "adopt", first, reason="Oui.", **ROUTE)
    again = NeedFactory(organisation=studied.organisation, closed=True, direct=True)
    respond(again, company)
    again = open_by(again, first, second)
    read_by(again, first)
    retain(again, first)
    with pytest.raises(ValidationError) as refused:
        take(again, "adopt", first, reason="Oui.", **ROUTE)
    assert company.name in str(refused.value)
    assert take(again, "adopt", first, reason="Oui.", repeat_confirmed=True, **ROUTE).state == NeedState.ADOPTED
    assert standing(again).is_repeat_confirmed


def test_the_note_of_a_co_carrier_is_answered_as_it_was_read(sourcing, response, first):
    decide(response, first, Verdict.STUDIED)
    join(sourcing)
    CoCarrier.objects.update(veto="Trop tôt.", veto_at=timezone.now())
    (note,) = veto_notes(sourcing)
    with pytest.raises(ValidationError) as refused:
        take(sourcing, "publish_synthesis", first, reason="Appris.", synthesis="Tout existe.")
    assert "veto_answers" in refused.value.message_dict
    CoCarrier.objects.update(veto="Autre chose.", veto_at=timezone.now() + dt.timedelta(minutes=1))
    answers = {note.key: "Nous avons attendu."}
    with pytest.raises(ValidationError):
        take(sourcing, "publish_synthesis", first, reason="Appris.", synthesis="Tout existe.", veto_answers=answers)
    answers = {veto_notes(sourcing)[0].key: "Nous avons attendu."}
    take(sourcing, "publish_synthesis", first, reason="Appris.", synthesis="Tout existe.", veto_answers=answers)
    assert standing(sourcing).veto_answers[0]["answer"] == "Nous avons attendu."


def test_a_sourcing_ends_with_its_synthesis(sourcing, response, first):
    decide(response, first, Verdict.STUDIED)
    with pytest.raises(ValidationError) as refused:
        take(sourcing, "publish_synthesis", first, reason="Appris.")
    assert "synthesis" in refused.value.message_dict
    need = take(sourcing, "publish_synthesis", first, reason="Appris.", synthesis="Tout existe.")
    assert need.state == NeedState.SYNTHESIS
    conclusion = standing(need)
    assert (conclusion.bundle["synthesis"], conclusion.bundle["count"]) == ("Tout existe.", 1)
    assert "Zébulon" not in str(conclusion.bundle)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conclusion.objects.update(synthesis="Autre chose.")


def test_an_outcome_waits_for_those_who_still_have_time_to_answer(sourcing, response, first):
    decide(response, first, Verdict.STUDIED)
    due_at = timezone.now() + dt.timedelta(days=3)
    exchanging.invite(sourcing, first, "precision", "Combien ?", due_at, [response])
    with pytest.raises(ValidationError):
        take(sourcing, "publish_synthesis", first, reason="Appris.", synthesis="Tout existe.")
    with time_machine.travel(due_at, tick=False):
        assert take(sourcing, "publish_synthesis", first, reason="Appris.", synthesis="Tout.").outcome


def test_who_has_a_conflict_of_interest_records_no_outcome(sourcing, response, first, second):
    decide(response, first, Verdict.STUDIED)
    reading.declare(sourcing, second, has_conflict=True, statement="Mon frère.")
    with pytest.raises(ValidationError):
        take(sourcing, "publish_synthesis", second, reason="Appris.", synthesis="Tout existe.")


def test_a_need_may_be_given_up_unopened_and_its_number_of_responses_stays_unknown(need, response, first, client):
    need = take(need, "abandon", first, reason="Le budget manque.")
    assert standing(need).responses_count is None
    assert response_state(Response.objects.get()) == ResponseState.VOID
    page = client.get(need.get_absolute_url()).content.decode()
    assert need.state == NeedState.ABANDONED
    assert "Nombre de réponses" not in page
    assert "Number of responses" not in page


def test_an_official_consultation_is_linked_in_the_frozen_file(sourcing, first):
    address = "https://acheteur.example.org/42"
    with pytest.raises(ValidationError):
        take(sourcing, "launch_consultation", first, reason="Le marché est mûr.")
    take(sourcing, "launch_consultation", first, reason="Le marché est mûr.", url=address)
    assert standing(sourcing).bundle["url"] == address


def test_what_was_opened_and_then_given_up_is_void_for_who_responded(sourcing, response, first):
    take(sourcing, "abandon", first, reason="Le budget manque.")
    assert response_state(Response.objects.get()) == ResponseState.VOID


def test_the_public_page_names_who_was_retained_only_if_they_agreed(studied, first, client):
    retain(studied, first)
    address = studied.get_absolute_url()
    before = client.get(address).content.decode()
    assert "Zébulon" not in before
    take(studied, "adopt", first, reason="Elle répond au besoin.", **ROUTE)
    page = client.get(address).content.decode()
    assert all(words in page for words in ("Zébulon Capteurs", "Des capteurs sobres."))
    assert "La plus sobre." not in page
    assert "15 000" not in page


def test_without_their_consent_nobody_is_named(enquiry, company, first, second, client):
    respond(enquiry, company)
    need = open_by(enquiry, first, second)
    read_by(need, first)
    retain(need, first)
    take(need, "adopt", first, reason="Elle répond au besoin.", **ROUTE)
    assert "Zébulon" not in client.get(need.get_absolute_url()).content.decode()
    assert "Zébulon" not in str(NeedEvent.objects.values_list("details", "reason"))


def test_an_outcome_taken_back_brings_the_decisions_back_among_the_panel(studied, first, moderator, depositor):
    retain(studied, first)
    take(studied, "adopt", first, reason="Oui.", **ROUTE)
    need = take(studied, "clear_outcome", moderator, reason="Une erreur.")
    assert need.state == NeedState.STUDYING
    assert standing(need) is None
    assert response_state(Response.objects.get()) == ResponseState.TO_STUDY
    assert not FollowUp.objects.exists()
    decide(need.responses.get(), first, Verdict.NOT_RETAINED, "Trop chère, finalement.")
    take(need, "find_none_suitable", first, reason="Rien ne convient.")
    assert Notification.objects.filter(kind="response.decided", person=depositor).count() == 2
    assert Conclusion.objects.count() == 2


def test_the_lead_records_an_adoption_on_the_screens(studied, first, as_person):
    client, response = as_person(first), studied.responses.get()
    decision = reverse("opening:decision", args=[studied.key, response.pk])
    refused = client.post(decision, {"verdict": "retained", "reason": ""})
    assert refused.status_code == 200
    assert client.post(decision, {"verdict": "retained", "reason": "La plus sobre."}).status_code == 302
    address = reverse("opening:outcome", args=[studied.key, "adopt"])
    assert client.get(address).status_code == 200
    page = client.post(address, {"reason": "Oui, elle.", "route": "innovative", "amount": "80000"})
    assert page.status_code == 200
    assert "Oui, elle." in page.content.decode()
    posted = {"reason": "Oui, elle.", "route": "dispensation_supplies", "amount": "15000"}
    assert client.post(address, posted).status_code == 302
    assert Need.objects.get(pk=studied.pk).state == NeedState.ADOPTED
    manage = client.get(reverse("board:manage", args=[studied.key])).content.decode()
    assert reverse("opening:feedback", args=[studied.key, FollowUp.objects.get().pk]) in manage


def test_outcomes_that_are_not_of_the_mode_or_not_there_are_not_found(sourcing, first, second, as_person):
    client = as_person(first)
    for name in ("adopt", "clear_outcome", "withdraw", "nothing"):
        assert client.get(reverse("opening:outcome", args=[sourcing.key, name])).status_code == 404
    partner = join(sourcing)
    assert as_person(partner).get(reverse("opening:outcome", args=[sourcing.key, "abandon"])).status_code == 404


def test_what_is_missing_is_said_before_anything_is_written(sourcing, response, first, as_person):
    page = as_person(first).get(reverse("opening:outcome", args=[sourcing.key, "publish_synthesis"])).content.decode()
    assert "1 réponse" in page or "1 response" in page


def test_the_frozen_file_is_public_after_the_outcome_without_names(sourcing, response, first, client):
    address = reverse("opening:public_bundle", args=[sourcing.slug])
    assert client.get(address).status_code == 404
    decide(response, first, Verdict.STUDIED)
    take(sourcing, "publish_synthesis", first, reason="Appris.", synthesis="Tout existe.")
    answer = client.get(address)
    assert answer.content.startswith(b"%PDF")


def test_the_file_tells_changes_in_words_and_no_value_that_is_not_public(studied):
    changes = [
        {"field": "value_high", "old": "", "new": "314"},
        {"field": "essential_criteria", "old": "Sans internet", "new": "Sans <b> fil"},
        {"field": "phase", "old": "", "new": Phase.TEST},
    ]
    said = {"kind": "material", "state": "published", "reason": "Dit.", "decided_at": timezone.now()}
    Amendment.objects.create(need=studied, number=1, changes=changes, **said)
    value, criteria, phase = bundle_of(studied)["amendments"][0]["changes"]
    assert "314" not in value
    assert criteria.endswith(": Sans internet → Sans <b> fil")
    with override("fr"):
        assert phase.endswith(f"→ {Phase.TEST.label}")
