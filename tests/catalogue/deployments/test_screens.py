"""The screens of the workspace: what agents type, what they are answered, and who finds nothing there."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils.html import escape

from catalogue.deployments import services
from catalogue.deployments.enums import DeploymentState, Stage
from catalogue.deployments.models import Deployment, DeploymentStage
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory

from .conftest import END, LATER, NOTE, again, at, said

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FORM = {
    "stage": "test",
    "started_on": "2024-01-15",
    "ended_on": "",
    "scope": "voirie",
    "cost_class": "free",
    "note": NOTE,
}


@pytest.fixture
def as_agent(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def as_colleague(client, colleague):
    client.force_login(colleague)
    return client


def test_from_the_sheet_to_its_table_by_two_agents(client, solution, commune, agent, colleague):
    sheet = client.get(solution.url).content.decode()
    assert at("declare", solution.pk) in sheet
    client.force_login(agent)
    answer = client.post(at("declare", solution.pk), FORM | {"organisation": commune.pk})
    assert answer.status_code == 302
    assert NOTE not in client.get(solution.url).content.decode()
    client.force_login(colleague)
    assert escape(solution.title) in client.get(reverse("workspace")).content.decode()
    page = client.get(answer.url)
    client.post(at("decide", page.context["deployment"].pk), {"action": "confirm", "stage": page.context["asked"].pk})
    client.cookies.clear()
    sheet = client.get(solution.url).content.decode()
    assert NOTE in sheet
    assert commune.name in sheet


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"started_on": "2025-01-01", "stage": "stopped", "ended_on": "2024-01-01"}, "ended_on"),
        ({"started_on": "2999-01-01"}, "started_on"),
        ({"started_on": "0001-01-01"}, "started_on"),
        ({"started_on": "le 15"}, "started_on"),
        ({"started_on": ""}, "started_on"),
        ({"stage": "stopped"}, "ended_on"),
        ({"stage": "unknown"}, "stage"),
        ({"stage": ""}, "stage"),
        ({"cost_class": "gold"}, "cost_class"),
        ({"note": "x" * 501}, "note"),
        ({"scope": "x" * 201}, "scope"),
        ({"scope": "a\0b"}, "scope"),
        ({"organisation": "999999"}, "organisation"),
        ({"organisation": "x"}, "organisation"),
        ({"organisation": "9" * 40}, "organisation"),
    ],
)
def test_what_is_typed_wrongly_is_said_at_its_field_and_all_that_was_typed_stays(
    as_agent, solution, commune, typed, field
):
    sent = FORM | {"organisation": commune.pk, "note": "Une remarque assez longue."} | typed
    answer = as_agent.post(at("declare", solution.pk), sent)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert escape(sent["note"][:400]) in answer.content.decode()
    assert not Deployment.objects.exists()


def test_a_carrier_reads_why_it_declares_nothing(client, solution, carrier, publisher):
    client.force_login(carrier)
    for answer in (
        client.get(at("declare", solution.pk)),
        client.post(at("declare", solution.pk), FORM | {"organisation": publisher.pk}),
    ):
        assert answer.status_code == 403
        assert escape(publisher.name) in answer.content.decode()
    assert not Deployment.objects.exists()


def test_who_names_the_company_that_they_are_of_as_well_reads_why_it_is_refused(as_agent, agent, solution):
    other = MembershipFactory(person=agent, organisation__commune=False, organisation__name="Autre & fils")
    other.organisation.kind = "startup"
    other.organisation.territory = None
    other.organisation.save()
    other.contributes = True
    other.save()
    answer = as_agent.post(at("declare", solution.pk), FORM | {"organisation": other.organisation_id})
    assert "Autre & fils" in answer.context["form"].errors["organisation"][0]


@pytest.mark.parametrize("forged", ["", "0", "x", "1e999", "\x00"])
def test_the_authority_that_is_likely_meant_is_proposed(as_agent, agent, solution, commune, forged):
    other = MembershipFactory(person=agent, organisation=OrganisationFactory(commune=True), contributes=True)
    page = f"{at('declare', solution.pk)}?organisation="
    for organisation in (commune, other.organisation):
        assert as_agent.get(f"{page}{organisation.pk}").context["form"]["organisation"].value() == str(organisation.pk)
    answer = as_agent.get(page + quote(forged))
    assert answer.status_code == 200
    assert answer.context["form"]["organisation"].value() is None


def test_one_declares_for_no_authority_that_is_not_ones_own(as_agent, solution, stranger):
    forged = stranger.memberships.get().organisation_id
    answer = as_agent.post(at("declare", solution.pk), FORM | {"organisation": forged})
    assert "organisation" in answer.context["form"].errors
    assert not Deployment.objects.exists()


def test_a_second_declaration_leads_to_the_first(as_colleague, declared, solution, commune):
    sent = FORM | {"organisation": commune.pk, "stage": "in_use"}
    page = as_colleague.post(at("declare", solution.pk), sent)
    assert at("deployment", declared.pk) in page.content.decode()
    assert Deployment.objects.count() == 1


@pytest.mark.parametrize("name", ["deployment", "stage", "stop", "correct", "decide"])
def test_the_deployment_of_another_authority_is_not_there(client, confirmed, stranger, carrier, name):
    for person in (stranger, carrier):
        client.force_login(person)
        assert client.get(at(name, confirmed.pk)).status_code == 404
        assert client.post(at(name, confirmed.pk), {"action": "confirm", "stage": 1}).status_code == 404
    client.cookies.clear()
    assert client.get(at(name, confirmed.pk)).status_code == 302


@pytest.mark.parametrize("pk", [0, 999_999, 2**63, 10**30])
def test_what_does_not_exist_is_not_there(as_agent, pk):
    for name in ("deployment", "stage", "declare", "write"):
        assert as_agent.get(at(name, pk)).status_code == 404


def test_a_draft_of_a_sheet_is_declared_by_nobody(as_agent, frame):
    assert as_agent.get(at("declare", SolutionPageFactory(is_draft=True).pk)).status_code == 404


def test_a_stage_follows_another_and_a_stop_says_why(as_agent, colleague, confirmed):
    sent = {"stage": "in_use", "since": LATER.isoformat(), "note": "Toute la ville."}
    assert as_agent.post(at("stage", confirmed.pk), sent).status_code == 302
    services.confirm(again(confirmed).waiting, colleague)
    answer = as_agent.post(at("stop", confirmed.pk), {"ended_on": END.isoformat(), "note": ""})
    assert "note" in answer.context["form"].errors
    sent = {"ended_on": END.isoformat(), "note": "Trop cher."}
    assert as_agent.post(at("stop", confirmed.pk), sent).status_code == 302
    services.confirm(again(confirmed).waiting, colleague)
    stopped = again(confirmed)
    assert (stopped.stage, stopped.ended_on, stopped.note) == (Stage.STOPPED, END, "Trop cher.")
    for name in ("stage", "stop"):
        assert as_agent.get(at(name, confirmed.pk)).url == at("deployment", confirmed.pk)


@pytest.mark.parametrize("name", ["stage", "stop"])
def test_a_stage_before_the_last_one_is_refused_and_what_was_typed_stays(as_agent, confirmed, name):
    sent = {"stage": "in_use", "since": "2023-01-01", "ended_on": "2023-01-01", "note": "Une remarque."}
    answer = as_agent.post(at(name, confirmed.pk), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "Une remarque." in answer.content.decode()


def test_a_correction_waits_as_well(as_agent, colleague, confirmed):
    shown = as_agent.get(at("correct", confirmed.pk)).context["form"].initial
    sent = {name: shown[name] or "" for name in ("started_on", "since", "scope", "cost_class", "note")}
    assert as_agent.post(at("correct", confirmed.pk), sent).context["form"].errors
    assert as_agent.post(at("correct", confirmed.pk), sent | {"scope": "9 sites"}).status_code == 302
    assert again(confirmed).scope != "9 sites"
    services.confirm(again(confirmed).waiting, colleague)
    assert again(confirmed).scope == "9 sites"


def test_what_sources_leave_out_is_completed_by_the_authority(as_agent, colleague, sourced):
    page = as_agent.get(at("deployment", sourced.pk))
    answer = as_agent.post(
        at("decide", sourced.pk), {"action": "confirm", "stage": page.context["asked"].pk}, follow=True
    )
    assert again(sourced).is_sourced
    assert list(answer.context["messages"])
    sent = {
        "stage": "in_use",
        "started_on": "2024-01-15",
        "since": "2024-09-01",
        "scope": "",
        "cost_class": "",
        "note": "",
    }
    assert as_agent.post(at("correct", sourced.pk), sent).status_code == 302
    services.confirm(again(sourced).waiting, colleague)
    assert (again(sourced).state, again(sourced).stage) == (DeploymentState.CONFIRMED, Stage.IN_USE)


def test_a_refusal_owes_its_reason(as_colleague, declared):
    stage = declared.waiting.pk
    answer = as_colleague.post(at("decide", declared.pk), {"action": "refuse", "stage": stage, "reason": ""})
    assert "reason" in answer.context["form"].errors
    as_colleague.post(at("decide", declared.pk), {"action": "refuse", "stage": stage, "reason": "Non."})
    assert again(declared).state == DeploymentState.REFUSED


def test_one_decides_on_what_one_has_read_and_not_on_what_it_has_become(as_colleague, declared, agent):
    read = declared.waiting.pk
    services.change(declared, said("in_use"), agent)
    as_colleague.post(at("decide", declared.pk), {"action": "confirm", "stage": read})
    assert not again(declared).is_public


@pytest.mark.parametrize(
    "sent", [{}, {"action": "confirm"}, {"action": "confirm", "stage": "x"}, {"action": "crown", "stage": "1"},
             {"action": "confirm", "stage": "9" * 30}, {"action": "confirm", "stage": "²"}],
)  # fmt: skip
def test_a_garbled_decision_is_not_there(as_colleague, declared, sent):
    assert as_colleague.post(at("decide", declared.pk), sent).status_code == 404
    assert not again(declared).is_public


def test_ones_own_declaration_is_confirmed_by_no_forged_form(as_agent, declared):
    answer = as_agent.post(at("decide", declared.pk), {"action": "confirm", "stage": declared.waiting.pk})
    assert answer.status_code == 403
    assert DeploymentStage.objects.get().state == DeploymentState.DECLARED


def test_what_waits_is_counted_for_those_who_may_confirm_it_alone(client, declared, agent, colleague):
    for person, waiting in ((agent, 0), (colleague, 1)):
        client.force_login(person)
        assert len(client.get(at("mine")).context["waiting"]) == waiting
