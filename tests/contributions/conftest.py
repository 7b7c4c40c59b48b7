"""A commune with two contributors, what they type, and a moderator."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from metropole.contributions.kinds import kind_named
from metropole.contributions.models import Contribution
from metropole.contributions.services import begin
from metropole.demo.frame import build_frame
from metropole.moderation import services as moderation
from tests.factories import MembershipFactory, ThemeFactory, UserFactory

STORY = {
    "context": "Une place encombrée.\n\n- des voitures\n- du bruit",
    "actions": "1. Compter\n2. Peindre",
    "results": "Deux fois plus de vélos.",
    "what_did_not_work": "Les capteurs sont tombés en panne.",
}
TAKES = {"cost": "12 000 €", "duration": "8 mois"}


@pytest.fixture
def frame(db):
    return build_frame()


@pytest.fixture
def membership(frame):
    return MembershipFactory(contributes=True)


@pytest.fixture
def agent(membership):
    return membership.person


@pytest.fixture
def commune(membership):
    return membership.organisation


@pytest.fixture
def colleague(commune):
    return MembershipFactory(organisation=commune, contributes=True).person


@pytest.fixture
def stranger(frame):
    return MembershipFactory(contributes=True).person


@pytest.fixture
def moderator(frame):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="Moderators"))
    return person


@pytest.fixture
def theme(frame):
    return ThemeFactory(name="Mobilité", slug="mobilite")


@pytest.fixture
def draft(agent, commune):
    """A practice that is just begun."""
    return begin(kind_named("practice"), commune, agent)


@pytest.fixture
def ready(draft, theme):
    """A practice with all that is owed."""
    what = {"title": "Des vélos sur la place", "summary": "Moins de bruit.", "themes": [str(theme.pk)]}
    draft.data = {**draft.data, **what, **STORY, **TAKES}
    draft.save()
    return draft


@pytest.fixture
def signed_in(client, agent):
    client.force_login(agent)
    return client


def at(name: str, *args: object) -> str:
    return reverse(f"contributions:{name}", args=args)


def form_of(client, url: str) -> dict:
    """What a browser would send back of a step as it was given."""
    form = client.get(url).context["form"]
    return {name: value for name in form.fields if (value := form[name].value())}


def send(client, contribution: Contribution):
    url = at("check", contribution.pk)
    return client.post(url, {"version": Contribution.objects.get(pk=contribution.pk).version}, follow=True)


def publish(contribution: Contribution, moderator) -> Contribution:
    """Has moderators approve what was sent."""
    contribution.refresh_from_db()
    moderation.approve(contribution.page, moderator)
    contribution.refresh_from_db()
    return contribution
