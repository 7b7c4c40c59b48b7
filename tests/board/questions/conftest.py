import datetime as dt

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from metropole.board.questions import services
from metropole.board.questions.services import seen_of
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, UserFactory

WORDS = {"published_text": "Quelle surface ?", "answer": "Trois cents mètres carrés."}


@pytest.fixture(autouse=True)
def _no_limit_left_over():
    caches["limits"].clear()


@pytest.fixture
def agent():
    return MembershipFactory(organisation__commune=True, contributes=True).person


@pytest.fixture
def authority(agent):
    return agent.memberships.get().organisation


@pytest.fixture
def colleague(authority):
    return MembershipFactory(organisation=authority, contributes=True).person


@pytest.fixture
def company():
    return OrganisationFactory(name="Kwytzal (Paris) SAS", slug="kwytzal")


@pytest.fixture
def asker(company):
    person = UserFactory(email="zoe@quastlerium.example", first_name="Zoé", last_name="Quastler")
    return MembershipFactory(person=person, organisation=company, contributes=True).person


@pytest.fixture
def moderator():
    return UserFactory(group="Moderators")


@pytest.fixture
def need(authority):
    now = timezone.now()
    return NeedFactory(
        organisation=authority,
        slug="place",
        title="Ombrager la place",
        questions_close_at=now + dt.timedelta(days=3),
        answers_due_at=now + dt.timedelta(days=6),
    )


@pytest.fixture
def question(need, asker, company):
    return services.ask(need, company, "Quelle est la surface de la place ?", asker)


@pytest.fixture
def published(question, agent):
    return publish(question, agent)


def publish(question, person, **words):
    words = WORDS | {"seen": seen_of(question)} | words
    return services.publish(question, person=person, **words)


def at(name: str, *args: object) -> str:
    with override("fr"):
        return reverse(f"questions:{name}", args=args)
