"""Who says what an authority uses, who confirms it, and what is never believed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from catalogue.deployments import services
from catalogue.deployments.enums import DeploymentState, Stage
from catalogue.deployments.models import Deployment, DeploymentStage
from catalogue.deployments.services import AlreadyThereError, RefusedError
from catalogue.deployments.statements import Said, Source
from metropole.core.lifecycle import TransitionRefusedError
from metropole.notifications.models import Notification
from metropole.organisations.enums import MembershipState
from tests.factories import MembershipFactory, OrganisationFactory

from .conftest import END, LATER, SOURCE, START, again, said

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + dt.timedelta(days=1)


def test_what_an_agent_declares_is_public_once_a_colleague_has_confirmed_it(solution, commune, agent, colleague):
    declared = services.declare(solution, commune, said(), agent)
    assert not Deployment.objects.public().exists()
    services.confirm(declared.waiting, colleague)
    [public] = Deployment.objects.public().for_solution(solution)
    assert (public.stage, public.started_on, public.scope) == (Stage.TEST, START, "voirie, 3 sites")
    assert (public.declared_by, public.confirmed_by, public.stood_in) == (agent, colleague, False)


def test_nobody_confirms_what_they_declared(declared, agent):
    with pytest.raises(PermissionDenied):
        services.confirm(declared.waiting, agent)
    assert not again(declared).is_public


def test_neither_a_stranger_nor_a_moderator_confirms_where_there_is_a_colleague(declared, stranger, moderator):
    for person in (stranger, moderator):
        with pytest.raises(PermissionDenied):
            services.confirm(declared.waiting, person)


def test_a_moderator_stands_in_for_a_colleague_who_is_not_there_and_it_is_said(solution, commune, agent, moderator):
    declared = services.declare(solution, commune, said(), agent)
    services.confirm(declared.waiting, moderator)
    assert again(declared).stood_in


def test_a_colleague_who_has_left_or_whose_account_is_closed_is_none(solution, commune, agent, moderator):
    MembershipFactory(organisation=commune, contributes=True, person__is_active=False)
    MembershipFactory(organisation=commune, contributes=True, state=MembershipState.LEFT)
    MembershipFactory(organisation=commune)
    declared = services.declare(solution, commune, said(), agent)
    services.confirm(declared.waiting, moderator)
    assert again(declared).is_confirmed


def test_a_carrier_declares_nothing_and_is_told_why(solution, publisher, carrier):
    with pytest.raises(RefusedError) as refused:
        services.declare(solution, publisher, said(), carrier)
    assert publisher.name in refused.value.message
    other = MembershipFactory(organisation=OrganisationFactory(name="Autre"), contributes=True)
    with pytest.raises(RefusedError):
        services.declare(solution, other.organisation, said(), other.person)
    assert not Deployment.objects.exists()


def test_an_authority_that_publishes_or_carries_a_solution_does_not_declare_it(solution, commune, agent):
    solution.publisher = commune
    solution.save()
    with pytest.raises(RefusedError):
        services.declare(solution, commune, said(), agent)
    solution.publisher = None
    solution.organisations = [commune]
    solution.save()
    with pytest.raises(RefusedError):
        services.declare(solution, commune, said(), agent)


def test_an_agent_who_is_also_of_the_publisher_neither_declares_nor_confirms(
    solution, commune, agent, colleague, publisher
):
    MembershipFactory(person=agent, organisation=publisher)
    with pytest.raises(RefusedError):
        services.declare(solution, commune, said(), agent)
    declared = services.declare(solution, commune, said(), colleague)
    with pytest.raises(PermissionDenied):
        services.confirm(declared.waiting, agent)


def test_an_authority_that_is_not_verified_declares_nothing(solution, commune, agent):
    commune.verification = "waiting"
    commune.save()
    with pytest.raises(RefusedError):
        services.declare(solution, commune, said(), agent)


def test_one_declares_for_no_other_authority_and_not_without_the_right(solution, commune, stranger):
    with pytest.raises(PermissionDenied):
        services.declare(solution, commune, said(), stranger)
    reader = MembershipFactory(organisation=commune).person
    with pytest.raises(PermissionDenied):
        services.declare(solution, commune, said(), reader)


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        (said("stopped", ended_on=START - dt.timedelta(days=1)), "ended_on"),
        (said("stopped"), "ended_on"),
        (said(started_on=None), "started_on"),
        (said(started_on=TOMORROW), "started_on"),
        (said(started_on=dt.date(1, 1, 1)), "started_on"),
        (said(started_on=dt.date(9999, 12, 31)), "started_on"),
        (said("stopped", ended_on=TOMORROW), "ended_on"),
        (said("unknown"), "stage"),
        (said("conquered"), "stage"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(solution, commune, agent, statement, field):
    with pytest.raises(ValidationError) as refused:
        services.declare(solution, commune, statement, agent)
    assert field in refused.value.message_dict
    assert not Deployment.objects.exists()


def test_saying_the_same_twice_changes_nothing_and_another_word_leads_to_what_is_there(
    declared, solution, commune, agent, colleague
):
    assert services.declare(solution, commune, said(), agent) == declared
    for person, statement in ((colleague, said()), (agent, said("in_use"))):
        with pytest.raises(AlreadyThereError) as there:
            services.declare(solution, commune, statement, person)
        assert there.value.deployment == declared
    assert DeploymentStage.objects.count() == 1


def test_what_has_stopped_may_begin_again_but_not_on_the_same_days(solution, commune, agent, colleague):
    first = services.declare(solution, commune, said("stopped", ended_on=END), agent)
    services.confirm(first.waiting, colleague)
    for start in (START, LATER):
        with pytest.raises(ValidationError):
            services.declare(solution, commune, said(started_on=start), agent)
    services.declare(solution, commune, said(started_on=END), agent)
    assert Deployment.objects.standing().count() == 2


def test_another_stage_waits_for_its_confirmation_while_everybody_reads_the_former(confirmed, agent, colleague):
    stage = services.change(confirmed, said("in_use").but(since=LATER), colleague)
    assert again(confirmed).stage == Stage.TEST
    with pytest.raises(PermissionDenied):
        services.confirm(stage, colleague)
    services.confirm(stage, agent)
    assert again(confirmed).stage == Stage.IN_USE
    stop = said("stopped", ended_on=END)
    services.confirm(services.change(confirmed, stop, agent), colleague)
    assert (again(confirmed).stage, again(confirmed).ended_on) == (Stage.STOPPED, END)
    passed = DeploymentStage.objects.public().in_order().values_list("stage", "since")
    assert list(passed) == [("test", START), ("in_use", LATER), ("stopped", END)]


def test_a_stage_begins_after_the_one_before(confirmed, agent, colleague):
    services.confirm(services.change(confirmed, said("in_use").but(since=LATER), agent), colleague)
    for statement in (
        said("pilot").but(since=LATER - dt.timedelta(days=1)),
        said("stopped", ended_on=LATER - dt.timedelta(days=1)),
        said("in_use").but(since=START - dt.timedelta(days=1), started_on=START - dt.timedelta(days=9)),
    ):
        with pytest.raises(ValidationError):
            services.change(confirmed, statement, agent)


def test_nothing_follows_a_stop_but_its_correction(confirmed, agent, colleague):
    services.confirm(services.change(confirmed, said("stopped", ended_on=END), agent), colleague)
    with pytest.raises(ValidationError):
        services.change(confirmed, said("in_use").but(since=END), agent)
    earlier = said("stopped", ended_on=LATER)
    services.confirm(services.change(confirmed, earlier, agent), colleague)
    assert again(confirmed).ended_on == LATER


def test_what_is_declared_twice_waits_once_and_nothing_new_is_refused(confirmed, agent):
    first = services.change(confirmed, said("in_use").but(since=LATER), agent)
    assert services.change(confirmed, said("in_use").but(since=LATER), agent) == first
    second = services.change(confirmed, said("pilot").but(since=LATER), agent)
    first.refresh_from_db()
    assert (first.state, second.state) == (DeploymentState.WITHDRAWN, DeploymentState.DECLARED)
    with pytest.raises(ValidationError):
        services.change(confirmed, said(), agent)


def test_what_a_colleague_refuses_with_a_reason_is_not_public_and_its_author_reads_why(declared, agent, colleague):
    stage = declared.waiting
    with pytest.raises(TransitionRefusedError):
        services.refuse(stage, colleague, "  ")
    services.refuse(stage, colleague, "C’était à Bagneux.")
    assert again(declared).state == DeploymentState.REFUSED
    assert "C’était à Bagneux." in Notification.objects.get(person=agent, kind="deployment.refused").words["reason"]
    with pytest.raises(TransitionRefusedError):
        services.confirm(stage, colleague)


def test_a_refused_change_leaves_what_everybody_reads(confirmed, agent, colleague):
    stage = services.change(confirmed, said("stopped", ended_on=END), agent)
    services.refuse(stage, colleague, "Il continue.")
    assert (again(confirmed).stage, again(confirmed).is_confirmed) == (Stage.TEST, True)


def test_what_waits_can_be_taken_back_by_the_authority_alone(declared, stranger, colleague, solution, commune, agent):
    with pytest.raises(PermissionDenied):
        services.withdraw(declared.waiting, stranger)
    services.withdraw(declared.waiting, colleague)
    assert again(declared).state == DeploymentState.WITHDRAWN
    assert services.declare(solution, commune, said(), agent) != declared


def test_colleagues_are_told_of_what_waits_and_nobody_else(declared, agent, colleague, stranger):
    assert [news.person for news in Notification.objects.filter(kind="deployment.declared")] == [colleague]


def test_all_that_is_done_is_in_the_journal(confirmed, agent, colleague):
    services.change(confirmed, said("stopped", ended_on=END), agent)
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"catalogue.deploymentstage.declare", "catalogue.deploymentstage.confirm"} <= actions


def test_what_is_drawn_from_public_sources_is_public_and_says_so(sourced, solution):
    [public] = Deployment.objects.public().for_solution(solution)
    assert public.is_sourced
    assert not public.is_confirmed


def test_a_source_is_owed_and_a_carrier_uses_nothing_in_any_source(solution, commune, publisher, editor, agent):
    with pytest.raises(ValidationError):
        services.draw_up(solution, commune, Said("test"), Source(" "), editor)
    with pytest.raises(RefusedError):
        services.draw_up(solution, publisher, Said("test"), SOURCE, editor)
    with pytest.raises(PermissionDenied):
        services.draw_up(solution, commune, Said("test"), SOURCE, agent)


def test_an_authority_takes_over_what_sources_say_when_they_say_it_all(solution, commune, agent, editor):
    drawn = services.draw_up(solution, commune, said("in_use"), SOURCE, editor)
    with pytest.raises(PermissionDenied):
        services.confirm(drawn.stages.get(), editor)
    services.confirm(drawn.stages.get(), agent)
    taken = again(drawn)
    assert (taken.state, taken.declared_by, taken.confirmed_by) == (DeploymentState.CONFIRMED, editor, agent)
    with pytest.raises(TransitionRefusedError):
        services.redraw(taken, said("test"), SOURCE, editor)


def test_what_sources_leave_out_is_said_by_the_authority_and_confirmed_by_a_second_agent(sourced, agent, colleague):
    with pytest.raises(TransitionRefusedError):
        services.confirm(sourced.stages.get(), agent)
    stage = services.change(sourced, said(), agent)
    assert again(sourced).is_sourced
    services.confirm(stage, colleague)
    taken = again(sourced)
    assert (taken.state, taken.started_on) == (DeploymentState.CONFIRMED, START)
    assert list(DeploymentStage.objects.public().values_list("state", flat=True)) == [DeploymentState.CONFIRMED]


def test_an_authority_contests_what_sources_say_of_it(sourced, agent, stranger, editor):
    with pytest.raises(PermissionDenied):
        services.refuse(sourced.stages.get(), stranger, "Non.")
    services.refuse(sourced.stages.get(), agent, "Jamais essayé.")
    assert not Deployment.objects.public().exists()
    assert Notification.objects.filter(person=editor, kind="deployment.contested").exists()


def test_an_authority_does_not_contest_while_its_own_correction_waits(sourced, agent, colleague):
    services.change(sourced, said(), agent)
    with pytest.raises(TransitionRefusedError):
        services.refuse(sourced.stages.get(state="sourced"), colleague, "Non.")


def test_editors_correct_and_take_back_what_they_drew_up(sourced, editor, agent):
    services.redraw(sourced, Said("in_use"), SOURCE, editor)
    assert again(sourced).stage == Stage.IN_USE
    with pytest.raises(PermissionDenied):
        services.retract(sourced, agent, "Non.")
    services.retract(sourced, editor, "Une autre ville du même nom.")
    assert not Deployment.objects.public().exists()


def test_nothing_of_an_authority_that_is_not_verified_any_more_is_public(confirmed, commune):
    commune.verification = "refused"
    commune.save()
    assert not Deployment.objects.public().exists()


@pytest.mark.parametrize(
    "fault",
    [
        {"stage": "stopped", "ended_on": None},
        {"stage": "stopped", "ended_on": START - dt.timedelta(days=1)},
        {"stage": "in_use", "ended_on": END},
        {"confirmed_by": "declared_by"},
        {"confirmed_at": None},
        {"state": "sourced", "source": ""},
        {"state": "declared", "started_on": None},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(confirmed, agent, fault):
    values = {name: (agent if value == "declared_by" else value) for name, value in fault.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Deployment.objects.filter(pk=confirmed.pk).update(**values)


def test_the_database_holds_one_running_deployment_of_a_solution_in_an_authority(confirmed, solution, commune):
    with pytest.raises(IntegrityError), transaction.atomic():
        Deployment.objects.create(solution=solution, organisation=commune, stage="pilot", started_on=LATER)


def test_days_are_those_of_paris(solution, commune, agent):
    services.declare(solution, commune, said(started_on=timezone.localdate()), agent)
    assert Deployment.objects.get().started_on == timezone.localdate()
