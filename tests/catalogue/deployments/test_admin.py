"""Editors draw deployments up from public sources; moderators stand in where an authority has one agent."""

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.deployments import services
from catalogue.deployments.enums import DeploymentState
from catalogue.deployments.models import Deployment
from metropole.moderation.queue import queue_for

from .conftest import again, said

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST, ADD = "wagtailsnippets_catalogue_deployment:list", "wagtailsnippets_catalogue_deployment:add"
EDIT = "wagtailsnippets_catalogue_deployment:edit"


@pytest.fixture
def form(solution, commune) -> dict:
    return {
        "solution": solution.pk, "organisation": commune.pk, "source": "Schéma de 2019", "source_url": "",
        "stage": "unknown", "started_on": "", "ended_on": "", "scope": "", "cost_class": "", "note": "",
    }  # fmt: skip


@pytest.fixture
def as_editor(client, editor) -> Client:
    client.force_login(editor)
    return client


def decision(deployment: Deployment) -> str:
    return reverse("deployments_admin:deployment", args=[deployment.pk])


def test_an_editor_draws_up_what_a_source_says_and_corrects_it(as_editor, form):
    assert as_editor.get(reverse(ADD)).status_code == 200
    assert as_editor.post(reverse(ADD), form).status_code == 302
    drawn = Deployment.objects.get()
    assert (drawn.state, drawn.source) == (DeploymentState.SOURCED, "Schéma de 2019")
    assert as_editor.get(reverse(EDIT, args=[drawn.pk])).status_code == 200
    assert as_editor.post(reverse(EDIT, args=[drawn.pk]), form | {"stage": "test"}).status_code == 302
    assert again(drawn).stage == "test"
    assert drawn.organisation.name in as_editor.get(reverse(LIST)).content.decode()
    assert as_editor.get(reverse(LIST), {"stage": "test", "state": "sourced"}).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"source": ""}, {"started_on": "2999-01-01"}, {"started_on": "x"}, {"note": "x" * 501}, {"stage": "crowned"},
        {"stage": "stopped", "started_on": "2025-01-01", "ended_on": "2024-01-01"}, {"organisation": ""},
        {"organisation": "publisher"}, {"solution": "9" * 30}, {"source_url": "nowhere"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_reason(as_editor, form, publisher, typed):
    typed = {name: publisher.pk if value == "publisher" else value for name, value in typed.items()}
    answer = as_editor.post(reverse(ADD), form | typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Deployment.objects.exists()


def test_the_same_is_not_drawn_up_twice(as_editor, form, sourced):
    assert as_editor.post(reverse(ADD), form).context["form"].errors
    assert Deployment.objects.count() == 1


def test_editors_do_not_change_what_an_authority_says_nor_delete_anything(as_editor, confirmed, form):
    assert as_editor.get(reverse(EDIT, args=[confirmed.pk])).url == decision(confirmed)
    assert as_editor.post(reverse(EDIT, args=[confirmed.pk]), form).url == decision(confirmed)
    delete = reverse("wagtailsnippets_catalogue_deployment:delete", args=[confirmed.pk])
    assert as_editor.post(delete).status_code == 302
    assert again(confirmed).is_confirmed


def test_what_was_drawn_up_is_taken_back_with_a_reason(as_editor, sourced):
    assert as_editor.post(decision(sourced), {"action": "retract", "reason": ""}).status_code == 200
    assert again(sourced).is_sourced
    as_editor.post(decision(sourced), {"action": "retract", "reason": "Une autre ville."})
    assert again(sourced).state == DeploymentState.WITHDRAWN


def test_what_has_no_second_agent_waits_in_the_queue_of_moderators_who_confirm_it(
    client, solution, commune, agent, moderator
):
    declared = services.declare(solution, commune, said(), agent)
    [row] = queue_for(moderator)
    assert row.url == decision(declared)
    client.force_login(moderator)
    assert client.get(row.url).status_code == 200
    client.post(row.url, {"action": "confirm", "stage": declared.waiting.pk})
    assert again(declared).stood_in
    assert queue_for(moderator) == []


def test_a_moderator_does_not_stand_in_for_a_colleague_who_is_there(client, declared, moderator):
    assert queue_for(moderator) == []
    client.force_login(moderator)
    client.post(decision(declared), {"action": "confirm", "stage": declared.waiting.pk})
    assert not again(declared).is_public


@pytest.mark.parametrize("sent", [{}, {"action": "crown"}, {"action": "confirm", "stage": "x"}])
def test_a_garbled_decision_is_not_there(as_editor, sourced, sent):
    assert as_editor.post(decision(sourced), sent).status_code == 404


def test_agents_do_not_enter(client, agent, confirmed):
    client.force_login(agent)
    assert client.get(decision(confirmed)).status_code == 302
