import pytest

from metropole.demo.frame import build_frame
from metropole.organisations.enums import Right
from tests.factories import MembershipFactory, NeedFactory, UserFactory
from tests.factories.needs import COMPLETE, working_hour


@pytest.fixture(autouse=True)
def _site(db):
    build_frame()


@pytest.fixture
def moderator():
    return UserFactory(group="Moderators")


@pytest.fixture
def agent():
    return MembershipFactory(organisation__commune=True, **{Right.CONTRIBUTES: True})


@pytest.fixture
def in_review(agent):
    return NeedFactory(slug="place", title="Ombrager la place", organisation=agent.organisation, in_review=True)


@pytest.fixture
def need(agent):
    """An open need to which nothing is missing."""
    return NeedFactory(
        slug="place",
        title="Ombrager la place",
        organisation=agent.organisation,
        closes_at=working_hour(20),
        questions_close_at=working_hour(8),
        answers_due_at=working_hour(10),
        **COMPLETE,
    )


@pytest.fixture
def as_agent(client, agent):
    client.force_login(agent.person)
    return client


@pytest.fixture
def as_moderator(client, moderator):
    client.force_login(moderator)
    return client
