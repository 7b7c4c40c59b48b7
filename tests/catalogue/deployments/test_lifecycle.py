"""The life of what is declared against its table: whatever people do, in whatever order, nothing else happens."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from catalogue.deployments import services
from catalogue.deployments.enums import DeploymentState, Stage
from catalogue.deployments.models import Deployment, DeploymentStage
from catalogue.deployments.transitions import NEXT_STAGES, STAGES
from metropole.core.lifecycle import TransitionRefusedError
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory, UserFactory

from .conftest import END, LATER, SOURCE, again, said

AGENTS = ("agent", "colleague")
PEOPLE = (*AGENTS, "member", "stranger", "carrier", "moderator", "editor")
REFUSALS = (PermissionDenied, ValidationError)
CHANGES = {
    "test": said(),
    "pilot": said("pilot").but(since=LATER),
    "in_use": said("in_use").but(since=LATER),
    "stopped": said("stopped", ended_on=END),
}


def people(commune, publisher) -> dict:
    found = {
        "member": MembershipFactory(organisation=commune).person,
        "stranger": MembershipFactory(contributes=True).person,
        "carrier": MembershipFactory(organisation=publisher, contributes=True).person,
        "moderator": UserFactory(group="Moderators"),
        "editor": UserFactory(editor=True),
    }
    for name in AGENTS:
        found[name] = MembershipFactory(organisation=commune, contributes=True).person
    return found


class Life(RuleBasedStateMachine):
    """A model of one deployment: what is public of it, and what waits."""

    def __init__(self) -> None:
        super().__init__()
        self.commune, self.publisher = OrganisationFactory(commune=True), OrganisationFactory()
        self.solution = SolutionPageFactory(publisher=self.publisher)
        self.people = people(self.commune, self.publisher)
        self.deployment: Deployment | None = None
        self.public: str | None = None
        self.waits: tuple[str, str] | None = None
        """The stage that waits, and who declared it."""

    def _try(self, is_right: bool, act) -> bool:
        """Does it and tells whether it was to succeed; checks that it did, or that it left no trace."""
        before = self._rows()
        if is_right:
            act()
            return True
        with pytest.raises(REFUSALS):
            act()
        assert self._rows() == before
        return False

    def _rows(self) -> list[tuple]:
        stages = DeploymentStage.objects.filter(deployment__in=self._own).order_by("pk")
        return [*stages.values_list("pk", "state", "stage"), *self._own.values_list("pk", "state", "stage")]

    @property
    def _waiting(self):
        return DeploymentStage.objects.waiting().filter(deployment__in=self._own)

    @property
    def _own(self):
        return Deployment.objects.filter(solution=self.solution).order_by("pk")

    @precondition(lambda self: self.deployment is None)
    @rule(who=st.sampled_from(PEOPLE), stage=st.sampled_from(("test", "pilot", "in_use", "stopped")))
    def declare(self, who: str, stage: str) -> None:
        statement = said(stage, ended_on=END if stage == "stopped" else None)
        person = self.people[who]
        organisation = self.publisher if who == "carrier" else self.commune
        if self._try(who in AGENTS, lambda: services.declare(self.solution, organisation, statement, person)):
            self.deployment, self.waits = Deployment.objects.latest("pk"), (stage, who)

    @precondition(lambda self: self.deployment is None)
    @rule(who=st.sampled_from(PEOPLE))
    def draw_up(self, who: str) -> None:
        person = self.people[who]
        is_right = who in ("editor", "moderator")
        if self._try(is_right, lambda: services.draw_up(self.solution, self.commune, said(), SOURCE, person)):
            self.deployment, self.public = Deployment.objects.latest("pk"), "sourced"

    @precondition(lambda self: self.deployment is not None)
    @rule(who=st.sampled_from(PEOPLE), stage=st.sampled_from(tuple(CHANGES)))
    def change(self, who: str, stage: str) -> None:
        now = again(self.deployment)
        last = now.stages.filter(state=now.state).in_order().last()
        waiting = now.waiting
        is_waiting_same = waiting is not None and (waiting.stage, waiting.since) == (stage, CHANGES[stage].since)
        is_news = (last.stage, last.since) != (stage, CHANGES[stage].since)
        follows = self.public is None or stage == now.stage or stage in NEXT_STAGES[Stage(now.stage)]
        before = last
        if self.public and stage == now.stage:
            before = now.stages.filter(state=now.state).exclude(stage=now.stage).in_order().last()
        is_later = self.public is None or before is None or CHANGES[stage].since >= before.since
        is_right = who in AGENTS and (is_waiting_same or (is_news and follows and is_later))
        if self._try(is_right, lambda: services.change(self.deployment, CHANGES[stage], self.people[who])):
            self.waits = self.waits if is_waiting_same else (stage, who)

    @precondition(lambda self: self.waits is not None)
    @rule(who=st.sampled_from(PEOPLE))
    def confirm(self, who: str) -> None:
        stage = again(self.deployment).waiting
        is_right = who in AGENTS and who != self.waits[1]
        if self._try(is_right, lambda: services.confirm(stage, self.people[who])):
            self.public, self.waits = "confirmed", None

    @precondition(lambda self: self.waits is not None)
    @rule(who=st.sampled_from(PEOPLE), reason=st.sampled_from(("", " ", "Non.")))
    def refuse(self, who: str, reason: str) -> None:
        stage = again(self.deployment).waiting
        is_right = who in AGENTS and who != self.waits[1] and bool(reason.strip())
        if self._try(is_right, lambda: services.refuse(stage, self.people[who], reason)):
            self._without_what_waited()

    @precondition(lambda self: self.waits is not None)
    @rule(who=st.sampled_from(PEOPLE))
    def withdraw(self, who: str) -> None:
        stage = again(self.deployment).waiting
        if self._try(who in AGENTS, lambda: services.withdraw(stage, self.people[who])):
            self._without_what_waited()

    @precondition(lambda self: self.public == "sourced")
    @rule(who=st.sampled_from(PEOPLE), act=st.sampled_from(("confirm", "contest", "retract")))
    def decide_on_what_sources_say(self, who: str, act: str) -> None:
        stage, person = self.deployment.stages.get(state=DeploymentState.SOURCED), self.people[who]
        acts = {
            "confirm": (who in AGENTS, lambda: services.confirm(stage, person)),
            "contest": (who in AGENTS and not self.waits, lambda: services.refuse(stage, person, "Non.")),
            "retract": (
                who in ("editor", "moderator") and not self.waits,
                lambda: services.retract(self.deployment, person, "Une erreur."),
            ),
        }
        if self._try(*acts[act]):
            self.public = "confirmed" if act == "confirm" else None
            self.deployment = self.deployment if act == "confirm" else None

    def _without_what_waited(self) -> None:
        self.waits = None
        if self.public is None:
            self.deployment = None

    @invariant()
    def what_is_public_is_what_the_model_says(self) -> None:
        states = list(self._own.public().values_list("state", flat=True))
        assert states == ([self.public] if self.public else [])

    @invariant()
    def what_waits_is_what_the_model_says(self) -> None:
        waiting = [(stage.stage, stage.declared_by) for stage in self._waiting]
        assert waiting == ([(self.waits[0], self.people[self.waits[1]])] if self.waits else [])

    @invariant()
    def a_deployment_says_what_was_confirmed_last(self) -> None:
        for public in self._own.public():
            last = public.stages.filter(state=public.state).in_order().last()
            assert last.said == public.said


class TestLife(TestCase, Life.TestCase):
    settings = settings(max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.django_db
@pytest.mark.parametrize("state", DeploymentState.values)
@pytest.mark.parametrize("action", [transition.action for transition in STAGES.transitions])
def test_each_action_is_possible_from_the_states_of_the_table_alone(declared, state, action):
    stage = declared.waiting
    if state == DeploymentState.CONFIRMED:
        stage.confirmed_at = stage.declared_at
    stage.state = state
    stage.save()
    transition = STAGES._by_action[action]
    if state not in transition.sources:
        with pytest.raises(TransitionRefusedError):
            STAGES.apply(stage, action, UserFactory(administrator=True), reason="Parce que.")
    else:
        assert transition.target != state


def test_what_has_stopped_is_followed_by_nothing():
    assert NEXT_STAGES[Stage.STOPPED] == ()
    assert all(Stage.STOPPED in following for stage, following in NEXT_STAGES.items() if stage != Stage.STOPPED)
