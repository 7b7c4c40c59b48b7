"""A solution, its publisher, and a commune with two agents who contribute; a moderator and an editor."""

import datetime as dt

import pytest
from django.urls import reverse

from catalogue.deployments import services
from catalogue.deployments.models import Deployment
from catalogue.deployments.statements import Said, Source, said_of
from metropole.demo.frame import build_frame
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory, UserFactory

START, LATER, END = dt.date(2024, 1, 15), dt.date(2024, 9, 1), dt.date(2025, 6, 30)
NOTE = "Deux bornes ont gelé."
WORDS = {"scope": "voirie, 3 sites", "cost_class": "under_25", "note": NOTE}
SOURCE = Source("Dossier de presse", "https://192.0.2.1/dossier")


def said(stage: str = "test", started_on: dt.date | None = START, **more) -> Said:
    return said_of({"stage": stage, "started_on": started_on, **WORDS, **more})


@pytest.fixture
def frame(db):
    return build_frame()


@pytest.fixture
def publisher(frame):
    return OrganisationFactory(name="Capteurs & Cie")


@pytest.fixture
def solution(publisher):
    return SolutionPageFactory(title="Bornes", publisher=publisher)


@pytest.fixture
def membership(frame):
    return MembershipFactory(contributes=True, person__first_name="Awa")


@pytest.fixture
def agent(membership):
    return membership.person


@pytest.fixture
def commune(membership):
    return membership.organisation


@pytest.fixture
def colleague(commune):
    return MembershipFactory(organisation=commune, contributes=True, person__first_name="Jeanne").person


@pytest.fixture
def carrier(publisher):
    return MembershipFactory(organisation=publisher, contributes=True, deposits=True).person


@pytest.fixture
def stranger(frame):
    """An agent of another commune."""
    return MembershipFactory(contributes=True).person


@pytest.fixture
def moderator(frame):
    return UserFactory(group="Moderators")


@pytest.fixture
def editor(frame):
    return UserFactory(editor=True)


@pytest.fixture
def declared(solution, commune, agent, colleague) -> Deployment:
    """A test that waits for Jeanne's confirmation."""
    return services.declare(solution, commune, said(), agent)


@pytest.fixture
def confirmed(declared, colleague) -> Deployment:
    services.confirm(declared.waiting, colleague)
    return again(declared)


@pytest.fixture
def sourced(solution, commune) -> Deployment:
    """What a source says: that there is a test."""
    return services.draw_up(solution, commune, Said("test", scope="place du marché"), SOURCE, None)


def again(deployment: Deployment) -> Deployment:
    return Deployment.objects.get(pk=deployment.pk)


def at(name: str, *args: object) -> str:
    return reverse(f"deployments:{name}", args=args)
