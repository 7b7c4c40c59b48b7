"""A presentation, two authorities that are interested in it, their agents, and the group that they form."""

import datetime as dt

import pytest
from django.core.cache import caches

from metropole.board.models import Threshold
from metropole.demo.frame import build_frame
from metropole.purchasing import groups, interests
from metropole.purchasing.interests import Said
from tests.factories import MembershipFactory, PresentationFactory, SolutionPageFactory

CATEGORY = "software"


@pytest.fixture
def frame(db):
    caches["limits"].clear()
    return build_frame()


@pytest.fixture
def presentation(frame):
    sheets = [SolutionPageFactory(title="Compteur"), SolutionPageFactory(title="Radar", kind="hardware")]
    return PresentationFactory(title="Compter les vélos", slug="compter-les-velos", sheets=sheets)


@pytest.fixture
def agent(frame):
    """Makes an agent of a new commune, who contributes for it and engages it unless told otherwise."""

    def agent(**options):
        return MembershipFactory(**{"contributes": True, "engages": True} | options)

    return agent


@pytest.fixture
def say(presentation):
    """Has an authority be interested in the first solutions of the presentation."""

    def say(membership, number=1, **said):
        rows = list(presentation.solutions.values_list("pk", flat=True))[:number]
        return interests.say(presentation, membership.organisation, Said(rows, **said), membership.person)

    return say


@pytest.fixture
def first(agent, say):
    membership = agent()
    say(membership)
    return membership


@pytest.fixture
def second(agent, say):
    membership = agent()
    say(membership)
    return membership


@pytest.fixture
def group(presentation, first, second):
    """Two authorities in a group that is forming, without a coordinator."""
    group = groups.form(presentation, CATEGORY, first.organisation, first.person)
    groups.join(group, second.organisation, second.person)
    return group


@pytest.fixture
def coordinated(group, first, second):
    """The first authority coordinates: the second has designated it."""
    groups.designate(member_of(group, first), second.person)
    groups.answer(group, first.person, accepts=True)
    group.refresh_from_db()
    return group


@pytest.fixture
def as_person(client):
    def as_person(person):
        client.force_login(person)
        return client

    return as_person


def member_of(group, membership):
    return group.present.get(organisation=membership.organisation)


@pytest.fixture
def threshold(db):
    """From 60,000 euros on, there is publicity."""
    Threshold.objects.all().delete()
    return Threshold.objects.create(
        key="dispensation_supplies",
        amount=60_000,
        valid_from=dt.date(2026, 4, 1),
        article="R. 2122-8",
        source_url="https://www.legifrance.gouv.fr/",
    )
