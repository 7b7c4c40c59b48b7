"""Communes whose agents carry needs together, below a threshold of 60 000 €."""

import pytest

from tests.factories import MembershipFactory, NeedFactory, ThemeFactory, ThresholdFactory, UserFactory, working_hour


def make_agent(**rights):
    """Who contributes for a commune of their own, and engages it."""
    rights = {"contributes": True, "engages": True} | rights
    return MembershipFactory(**rights)


@pytest.fixture
def threshold(db):
    return ThresholdFactory()


@pytest.fixture
def lead(db):
    return make_agent(organisation__territory__name="Antony")


@pytest.fixture
def other(db):
    return make_agent(organisation__territory__name="Bagneux")


@pytest.fixture
def moderator(db):
    return UserFactory(group="Moderators")


@pytest.fixture
def theme(db):
    return ThemeFactory()


@pytest.fixture
def need(lead, theme):
    """An open sourcing, led by Antony."""
    return NeedFactory(organisation=lead.organisation, title="Ombrager la place", themes=[theme])


@pytest.fixture
def direct(lead, theme, threshold):
    """An open direct enquiry of 20 000 € at most, led by Antony."""
    return NeedFactory(
        organisation=lead.organisation, title="Compter les vélos", themes=[theme], direct=True,
        closes_at=working_hour(30),
    )  # fmt: skip
