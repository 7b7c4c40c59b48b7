"""Outcomes are asked for, responses erased when their time is over, adoptions followed to what was learnt."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from catalogue.deployments import services as deployments
from catalogue.deployments.statements import Said
from catalogue.models import Deployment
from metropole.board.lifecycle.services import take
from metropole.board.models import Need
from metropole.notifications.models import Notification
from metropole.responses.enums import ResponseState, Verdict
from metropole.responses.models import FollowUp, Note, Response, ResponseFile
from metropole.responses.opening import following, purging, reading
from metropole.responses.opening.reminding import remind_of_outcomes
from metropole.responses.states import response_state
from tests.factories import MembershipFactory, NeedFactory, ResponseFactory, SolutionPageFactory

from .steps import add_file, decide, marks, open_by, read_by, respond
from .test_outcomes import ROUTE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DAY = dt.timedelta(days=1)


@pytest.fixture
def owner(lead):
    return MembershipFactory(organisation=lead.organisation, owns=True).person


def reminded(person):
    return Notification.objects.filter(kind="need.outcome_due", person=person).count()


def test_an_outcome_is_asked_for_three_times_of_agents_then_of_owners_too(need, first, owner):
    def after(days):
        with time_machine.travel(need.closes_at + days * DAY, tick=False):
            remind_of_outcomes()
            remind_of_outcomes()
        return reminded(first), reminded(owner)

    assert after(6.99) == (0, 0)
    assert after(7) == (1, 0)
    assert after(8) == (1, 0)
    assert after(21) == (2, 1)
    assert after(45) == (3, 2)
    assert after(59) == (3, 2)


def test_nobody_is_reminded_of_what_is_told_withdrawn_or_open(lead, first, need):
    take(need, "abandon", first, reason="Le budget manque.")
    NeedFactory(organisation=lead.organisation, closes_at=timezone.now() + 3 * DAY)
    withdrawn = NeedFactory(organisation=lead.organisation, closed=True)
    Need.objects.filter(pk=withdrawn.pk).update(withdrawn_at=withdrawn.closes_at - DAY)
    with time_machine.travel(need.closes_at + 8 * DAY, tick=False):
        assert remind_of_outcomes() == 0
    assert reminded(first) == 0


def purge_at(instant):
    with time_machine.travel(instant, tick=False):
        return purging.purge_due()


def test_a_void_response_is_erased_unread_after_thirty_days(need, response, first, django_capture_on_commit_callbacks):
    file = add_file(response)
    need = take(need, "abandon", first, reason="Le budget manque.")
    assert purge_at(need.outcome_at + 30 * DAY - dt.timedelta(seconds=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_at(need.outcome_at + 30 * DAY) == 1
    response = Response.objects.get()
    assert (bytes(response.draft), response.deposited) == (b"", None)
    assert response.purged_at
    assert not file.file.storage.exists(file.file.name)
    assert not ResponseFile.objects.exists()
    assert response.receipts.exists()
    assert purge_at(need.outcome_at + 31 * DAY) == 0


def test_a_withdrawn_need_has_its_drafts_and_responses_erased(lead, frame):
    need = NeedFactory(organisation=lead.organisation)
    Need.objects.filter(pk=need.pk).update(withdrawn_at=timezone.now())
    ResponseFactory(need=need)
    respond(need)
    assert purge_at(timezone.now() + 31 * DAY) == 2


def test_what_is_not_retained_is_erased_after_the_time_of_the_settings(enquiry, first, second, settings):
    settings.RESPONSE_RETENTION_MONTHS = 12
    kept, other = respond(enquiry), respond(enquiry)
    ResponseFactory(need=enquiry)
    need = open_by(enquiry, first, second)
    read_by(need, first)
    reading.note(other, first, marks(need), "Bien.", is_finished=True)
    decide(kept, first, Verdict.RETAINED)
    decide(other, first, Verdict.NOT_RETAINED, "Trop chère.")
    need = take(need, "adopt", first, reason="Oui.", **ROUTE)
    assert purge_at(need.outcome_at + 364 * DAY) == 0
    assert purge_at(need.outcome_at + 366 * DAY) == 2
    assert Response.objects.get(purged_at=None) == kept
    other.refresh_from_db()
    assert response_state(Response.objects.get(pk=other.pk)) == ResponseState.NOT_RETAINED
    assert other.decision.reason == "Trop chère."
    assert not Note.objects.exists()


def test_the_command_says_what_it_would_erase_then_erases(need, response, first):
    need = take(need, "abandon", first, reason="Le budget manque.")
    out = StringIO()
    with time_machine.travel(need.outcome_at + 31 * DAY, tick=False):
        call_command("purge_responses", "--dry-run", stdout=out)
        assert Response.objects.filter(purged_at=None).exists()
        call_command("purge_responses", stdout=out)
    assert not Response.objects.filter(purged_at=None).exists()
    assert "1 responses would be erased." in out.getvalue()
    assert "1 of 1 responses erased." in out.getvalue()


def test_an_erased_response_is_not_shown_and_its_screens_hold(need, response, first, second, depositor, client):
    need = open_by(need, first, second)
    read_by(need, first)
    decide(response, first, Verdict.STUDIED)
    need = take(need, "publish_synthesis", first, reason="Appris.", synthesis="Tout.")
    purge_at(need.outcome_at + 800 * DAY)
    client.force_login(first)
    assert client.get(reverse("opening:responses", args=[need.key])).status_code == 200
    assert client.get(reverse("opening:response", args=[need.key, response.pk])).status_code == 404
    client.force_login(depositor)
    assert client.get(reverse("opening:received", args=[response.pk])).status_code == 200


@pytest.fixture
def adopted(enquiry, company, first, second):
    solution = SolutionPageFactory(title="Compteur de vélos")
    respond(enquiry, company, solutions=[solution])
    need = open_by(enquiry, first, second)
    read_by(need, first)
    decide(need.responses.get(), first, Verdict.RETAINED)
    return take(need, "adopt", first, reason="Oui.", **ROUTE)


def test_an_adoption_leads_to_the_deployment_and_to_what_was_learnt(adopted, first, second, client):
    follow_up = FollowUp.objects.get()
    address = adopted.get_absolute_url()
    client.force_login(first)
    page = client.get(reverse("board:manage", args=[adopted.key])).content.decode()
    assert reverse("deployments:declare", args=[follow_up.solution_id]) in page
    said = Said(stage="pilot", started_on=dt.date(2026, 1, 1), since=dt.date(2026, 1, 1))
    deployments.declare(follow_up.solution, adopted.organisation, said, first)
    follow_up.refresh_from_db()
    assert follow_up.deployment == Deployment.objects.get()
    assert "Compteur de vélos" not in client.get(address).content.decode()
    deployments.confirm(follow_up.deployment.waiting, second)
    assert "Compteur de vélos" in client.get(address).content.decode()
    answer = client.post(reverse("opening:feedback", args=[adopted.key, follow_up.pk]))
    follow_up.refresh_from_db()
    assert answer.url == reverse("contributions:contribution", args=[follow_up.contribution_id])
    assert adopted.get_absolute_url() in follow_up.contribution.data["context"]
    client.post(reverse("opening:feedback", args=[adopted.key, follow_up.pk]))
    assert follow_up.contribution == FollowUp.objects.get().contribution
    assert client.get(answer.url).status_code == 200


def test_a_deployment_of_another_authority_does_not_follow_from_the_need(adopted, first):
    follow_up = FollowUp.objects.get()
    stranger = MembershipFactory(contributes=True)
    said = Said(stage="pilot", started_on=dt.date(2026, 1, 1), since=dt.date(2026, 1, 1))
    deployments.declare(follow_up.solution, stranger.organisation, said, stranger.person)
    follow_up.refresh_from_db()
    assert follow_up.deployment is None


def test_some_months_after_an_adoption_its_authority_is_asked_once_what_came_of_it(adopted, first):
    def asked(days):
        with time_machine.travel(adopted.outcome_at + days * DAY, tick=False):
            following.ask_for_feedback()
        return Notification.objects.filter(kind="need.feedback_due", person=first).count()

    assert [asked(179), asked(181), asked(300)] == [0, 1, 1]


def test_nobody_else_begins_the_feedback(adopted, client):
    address = reverse("opening:feedback", args=[adopted.key, FollowUp.objects.get().pk])
    client.force_login(MembershipFactory(contributes=True).person)
    assert client.post(address).status_code == 404
    assert client.post(reverse("opening:feedback", args=[adopted.key, 10**30])).status_code == 404
