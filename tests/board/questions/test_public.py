"""What everybody reads of questions: published pairs, until when one may ask, and how many have no answer."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from metropole.board.enums import NeedMode
from metropole.board.questions import services
from metropole.demo.frame import build_frame
from tests.factories import NeedFactory

from .conftest import publish

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FRENCH, ENGLISH = "/fr/jadopte/place/", "/en/adopt/place/"
UNANSWERED = "has no answer, though answers were due"


@pytest.fixture(autouse=True)
def _site(rebuild_index):
    build_frame()


def page(client, url: str = ENGLISH) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_pairs_stand_in_the_order_of_their_publication_whenever_they_were_asked(client, need, asker, company, agent):
    first, second = (services.ask(need, company, text, asker) for text in ("Un ?", "Deux ?"))
    publish(second, agent, published_text="Deux, reformulée ?")
    publish(first, agent, published_text="Un, reformulée ?")
    shown = page(client)
    assert shown.index("Deux, reformulée") < shown.index("Un, reformulée")


def test_readers_in_english_are_told_that_the_pairs_are_in_french(client, published):
    assert '<h3 lang="fr">Quelle surface' in page(client)
    assert "<h3>Quelle surface" in page(client, FRENCH)


def test_what_is_asked_is_read_by_nobody_before_it_is_answered(client, question):
    for url in (FRENCH, ENGLISH):
        assert question.text not in page(client, url)
    assert "No answer is published yet." in page(client)


def test_the_way_to_ask_is_there_as_long_as_questions_are_taken(client, need):
    assert "Ask a question" in page(client)
    with time_machine.travel(need.questions_close_at, tick=False):
        assert "Ask a question" not in page(client)


def test_only_once_answers_are_due_everybody_reads_how_many_are_missing(client, need, question, agent, published):
    services.ask(need, question.asker_organisation, "Et après ?", question.asker)
    assert UNANSWERED not in page(client)
    with time_machine.travel(need.answers_due_at - dt.timedelta(seconds=1), tick=False):
        assert UNANSWERED not in page(client)
    for moment in (need.answers_due_at, need.closes_at + dt.timedelta(days=3)):
        with time_machine.travel(moment, tick=False):
            assert f"1 question {UNANSWERED}" in page(client)


def test_what_is_set_aside_is_not_counted_as_missing(client, need, question, agent):
    services.dismiss(question, "Hors sujet.", agent)
    with time_machine.travel(need.answers_due_at, tick=False):
        assert UNANSWERED not in page(client)


def test_a_need_that_was_withdrawn_owes_no_answer(client, need, question):
    type(need).objects.update(withdrawn_at=timezone.now())
    with time_machine.travel(need.answers_due_at, tick=False):
        assert UNANSWERED not in page(client)


@pytest.mark.parametrize("traits", [{"closed": True}, {"mode": NeedMode.REFERRAL}])
def test_where_nobody_may_ask_and_nobody_has_the_section_is_not_there(client, traits):
    NeedFactory(slug="place", **traits)
    assert 'id="questions"' not in page(client)


def test_many_pairs_cost_no_more_queries_than_one(client, need, asker, company, agent, django_assert_num_queries):
    # With a parameter, the page is not one that is kept for all visitors.
    url = f"{ENGLISH}?fresh"
    publish(services.ask(need, company, "Question ?", asker), agent)
    page(client, url)
    with CaptureQueriesContext(connection) as few:
        page(client, url)
    for number in range(5):
        publish(services.ask(need, company, f"Question {number} ?", asker), agent)
    with django_assert_num_queries(len(few)):
        page(client, url)


@pytest.mark.parametrize("waits", [True, False])
def test_the_lead_is_warned_in_its_workspace(client, need, question, agent, waits):
    if not waits:
        services.dismiss(question, "Hors sujet.", agent)
    for moment, said in (
        (timezone.now(), "Answers are due by"),
        (need.answers_due_at, "You can publish them until the need closes"),
        (need.closes_at, "closed without these answers"),
    ):
        with time_machine.travel(moment, tick=False):
            client.force_login(agent)
            assert (said in page(client, f"/en/workspace/needs/{need.key}/")) == waits
