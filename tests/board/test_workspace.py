"""What waits for the people of an authority on the home of their workspace."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from metropole.board.enums import NeedMode
from metropole.core.workspace import workspace_menu
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    agent = MembershipFactory(organisation=OrganisationFactory(commune=True), contributes=True)
    client.force_login(agent.person)
    return agent


@pytest.fixture
def home(client):
    return lambda: client.get("/en/workspace/").content.decode()


@pytest.mark.parametrize(
    ("traits", "owed"),
    [
        ({"closed": True}, "two of you open its responses"),
        ({"closed": True, "mode": NeedMode.REFERRAL}, "Say what became of it."),
        ({"studying": True}, "Say what became of it."),
    ],
)
def test_the_home_says_what_a_need_that_has_closed_waits_for(home, agent, traits, owed):
    need = NeedFactory(organisation=agent.organisation, title="Ombrager", **traits)
    page = home()
    assert "Needs that wait for you" in page
    assert owed in page
    assert reverse("board:manage", args=[need.key]) in page


def test_a_draft_that_was_given_back_waits_for_its_author(home, agent):
    need = NeedFactory(organisation=agent.organisation, draft=True)
    assert "Needs that wait for you" not in home()
    need.returned_at = timezone.now()
    need.save()
    assert "The moderators ask for corrections." in home()


def test_nothing_waits_of_an_open_need_nor_of_another_authority(home, agent):
    NeedFactory(organisation=agent.organisation)
    NeedFactory(closed=True)
    assert "Needs that wait for you" not in home()


def test_the_longest_waiting_comes_first_and_the_menu_counts_them(home, agent):
    for trait, title in (("closed", "Le second"), ("studying", "Le premier")):
        NeedFactory(organisation=agent.organisation, title=title, **{trait: True})
    page = home()
    assert page.index("Le premier") < page.index("Le second")
    with override("en"):
        entries = {entry.label: entry.count for entry in workspace_menu(agent.person, "/en/workspace/")}
    assert entries["Needs"] == 2
