"""The lead authority answers without knowing whom: question and answer together, or not at all."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from metropole.board.enums import CoCarrierState, QuestionState
from metropole.board.models import CoCarrier, Question
from metropole.board.questions import services
from metropole.board.questions.services import ChangedError, seen_of
from metropole.core.lifecycle import TransitionRefusedError
from tests.factories import MembershipFactory, OrganisationFactory

from .conftest import WORDS, at, publish

pytestmark = pytest.mark.django_db


def form(question, action="publish", **words) -> dict:
    return WORDS | {"action": action, "seen": seen_of(question)} | words


def test_a_question_is_published_reworded_with_its_answer(client, question, agent):
    client.force_login(agent)
    client.post(at("question", question.pk), form(question))
    question.refresh_from_db()
    assert question.is_published
    assert question.answered_by == agent
    page = client.get("/fr/jadopte/place/").content.decode()
    assert "Quelle surface\u202f?" in page
    assert "Trois cents mètres carrés." in page
    assert question.text not in page


def test_what_is_prepared_is_kept_for_colleagues_and_read_by_nobody_else(client, question, agent, colleague):
    client.force_login(agent)
    client.post(at("question", question.pk), form(question, "keep", answer=""))
    client.force_login(colleague)
    assert "Quelle surface ?" in client.get(at("question", question.pk)).content.decode()
    assert "Quelle surface" not in client.get("/fr/jadopte/place/").content.decode()


def test_of_two_agents_who_answer_at_once_the_second_reads_it_and_keeps_what_they_typed(
    client, question, agent, colleague
):
    posted = form(question, answer="Deux cents.")
    publish(question, agent)
    client.force_login(colleague)
    answer = client.post(at("question", question.pk), posted)
    assert answer.context["form"].errors
    assert "Deux cents." in answer.content.decode()
    question.refresh_from_db()
    assert question.answer == WORDS["answer"]


def test_words_that_somebody_else_has_prepared_meanwhile_are_read_before_they_are_replaced(
    client, question, agent, colleague, moderator
):
    posted = form(question, answer="Deux cents.")
    services.reword(question, "Quelle est l’aire ?", "", moderator, seen_of(question))
    client.force_login(agent)
    answer = client.post(at("question", question.pk), posted)
    assert "Quelle est l’aire ?" in answer.content.decode()
    assert "Deux cents." in answer.content.decode()
    question.refresh_from_db()
    assert question.is_waiting
    assert question.published_text == "Quelle est l’aire ?"
    client.post(at("question", question.pk), posted | {"seen": answer.context["form"]["seen"].value()})
    question.refresh_from_db()
    assert question.answer == "Deux cents."


@pytest.mark.parametrize("seen", ["", "x"])
def test_a_forged_or_missing_mark_of_what_was_seen_publishes_nothing(question, agent, seen):
    with pytest.raises(ChangedError):
        publish(question, agent, seen=seen)


def test_a_question_is_set_aside_once_with_a_reason_for_its_asker(client, question, agent, asker):
    client.force_login(agent)
    refused = client.post(at("question", question.pk), {"action": "dismiss", "reason": "  "})
    assert refused.context["dismissal"].errors
    client.post(at("question", question.pk), {"action": "dismiss", "reason": "La page le dit."})
    question.refresh_from_db()
    assert question.state == QuestionState.DISMISSED
    with pytest.raises(TransitionRefusedError):
        services.dismiss(question, "Encore.", agent)
    with pytest.raises(TransitionRefusedError):
        publish(question, agent)
    again = client.post(at("question", question.pk), {"action": "dismiss", "reason": "Encore."})
    assert "Encore." in again.content.decode()
    client.force_login(asker)
    assert "La page le dit." in client.get(at("mine")).content.decode()
    assert "La page le dit." not in client.get("/fr/jadopte/place/").content.decode()


def test_a_moderator_rewords_and_sets_aside_but_the_authority_answers(client, question, moderator):
    services.reword(question, "Quelle aire ?", "", moderator, seen_of(question))
    question.refresh_from_db()
    with pytest.raises(PermissionDenied):
        publish(question, moderator)
    client.force_login(moderator)
    assert client.post(at("question", question.pk), form(question)).status_code == 403
    services.dismiss(question, "Hors sujet.", moderator)


def test_a_moderator_of_the_authority_itself_handles_nothing_as_such(question, authority, moderator):
    MembershipFactory(person=moderator, organisation=authority)
    with pytest.raises(PermissionDenied):
        services.dismiss(question, "Hors sujet.", moderator)


def test_for_all_others_the_question_is_not_there(client, question, asker, need):
    joined = MembershipFactory(organisation__commune=True, contributes=True)
    CoCarrier.objects.create(need=need, organisation=joined.organisation, state=CoCarrierState.ACCEPTED)
    reader = MembershipFactory(organisation=need.organisation).person
    stranger = MembershipFactory(organisation__commune=True, contributes=True).person
    for person in (asker, joined.person, reader, stranger):
        client.force_login(person)
        for name in ("question", "correct"):
            assert client.get(at(name, question.pk)).status_code == 404
            assert client.post(at(name, question.pk), form(question)).status_code == 404
    question.refresh_from_db()
    assert question.is_waiting


@pytest.mark.parametrize("words", [{"published_text": ""}, {"answer": " "}, {"answer": "x" * 4001}])
def test_neither_a_question_nor_an_answer_is_published_alone_or_too_long(client, question, agent, words):
    client.force_login(agent)
    answer = client.post(at("question", question.pk), form(question, **words))
    assert set(answer.context["form"].errors) == set(words)
    with pytest.raises(ValidationError):
        publish(question, agent, **words)
    question.refresh_from_db()
    assert question.is_waiting


@pytest.mark.parametrize("action", ["", "erase"])
def test_an_unknown_action_is_not_there(client, question, agent, action):
    client.force_login(agent)
    assert client.post(at("question", question.pk), {"action": action}).status_code == 404


def test_answers_are_published_after_they_were_due_until_the_need_closes(question, agent, need):
    with time_machine.travel(need.closes_at - dt.timedelta(microseconds=1), tick=False):
        assert publish(question, agent).is_published


def test_from_the_closing_on_nothing_changes_any_more(client, question, agent, need):
    with time_machine.travel(need.closes_at, tick=False):
        client.force_login(agent)
        answer = client.post(at("question", question.pk), form(question))
        assert answer.context["form"].errors
        assert WORDS["answer"] in answer.content.decode()
        for act in (
            lambda: publish(question, agent),
            lambda: services.dismiss(question, "Trop tard.", agent),
            lambda: services.reword(question, "a", "b", agent, seen_of(question)),
        ):
            with pytest.raises(TransitionRefusedError):
                act()
    question.refresh_from_db()
    assert question.is_waiting


@pytest.mark.parametrize("change", [{"text": "?"}, {"published_text": "?"}, {"answer": "?"}, {"state": "asked"}])
def test_the_database_keeps_a_published_pair_as_it_is(published, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=published.pk).update(**change)


def test_a_correction_is_dated_stands_below_and_is_made_once(client, published, agent):
    client.force_login(agent)
    client.post(at("correct", published.pk), {"correction": "Deux cents, en vérité."})
    page = client.get("/fr/jadopte/place/").content.decode()
    assert page.index("Trois cents mètres carrés.") < page.index("Deux cents, en vérité.")
    published.refresh_from_db()
    assert published.corrected_at
    with pytest.raises(TransitionRefusedError):
        services.correct(published, "Encore.", agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=published.pk).update(correction="Encore.")


def test_a_correction_is_the_authoritys_while_the_need_is_open(client, question, agent, moderator, need):
    client.force_login(agent)
    assert client.get(at("correct", question.pk)).status_code == 404
    with pytest.raises(TransitionRefusedError):
        services.correct(question, "Non.", agent)
    published = publish(question, agent)
    with pytest.raises(PermissionDenied):
        services.correct(published, "Non.", moderator)
    with pytest.raises(ValidationError):
        services.correct(published, "", agent)
    with time_machine.travel(need.closes_at, tick=False), pytest.raises(TransitionRefusedError):
        services.correct(published, "Non.", agent)


@pytest.mark.parametrize("text", ["Écrire à a@b.example ?", "Appeler le 01 22 33 44 55 ?", "Voir https://b.example ?"])
def test_no_address_or_number_is_published_in_a_question(question, agent, text):
    with pytest.raises(ValidationError) as refused:
        publish(question, agent, published_text=text)
    assert "published_text" in refused.value.message_dict


def test_a_name_of_the_directory_is_pointed_out_whoever_asked_and_published_once_it_was_read_again(
    client, question, agent, company
):
    other = OrganisationFactory(name="Lumière SARL")
    hidden = OrganisationFactory(name="Cachette", verification="waiting")
    client.force_login(agent)
    for organisation in (company, other):
        words = {"published_text": f"{organisation.name.split()[0].upper()} peut-elle ?"}
        answer = client.post(at("question", question.pk), form(question, **words))
        assert organisation.name in str(answer.context["form"].errors["is_reread"])
    assert "is_reread" not in client.get(at("question", question.pk)).content.decode()
    assert publish(question, agent, published_text="De la lumière ?", is_reread=True).is_published
    assert hidden.name not in question.text


def test_a_name_that_is_not_public_is_not_given_away_by_a_refusal(question, agent):
    OrganisationFactory(name="Cachette", verification="waiting")
    assert publish(question, agent, published_text="Une cachette ?").is_published


def test_what_a_company_says_of_itself_is_pointed_out(question, agent):
    with pytest.raises(ValidationError, match="Notre solution"):
        publish(question, agent, published_text="Notre solution convient-elle ?")


def test_an_answer_that_names_a_company_is_pointed_out_as_well(question, agent, company):
    with pytest.raises(ValidationError, match="Kwytzal"):
        publish(question, agent, answer="Comme Kwytzal le sait, trois cents.")
