"""A need that has closed, two agents of its authority, and a company that has responded."""

import datetime as dt

import pytest

from metropole.board.enums import ThresholdKey
from metropole.board.models import Threshold
from metropole.demo.frame import build_frame
from metropole.organisations.enums import Right
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, UserFactory

from .steps import respond


@pytest.fixture
def frame(db):
    return build_frame()


@pytest.fixture
def lead(db):
    return MembershipFactory(**{Right.CONTRIBUTES: True})


@pytest.fixture
def first(lead):
    return lead.person


@pytest.fixture
def second(lead):
    return MembershipFactory(organisation=lead.organisation, contributes=True).person


@pytest.fixture
def moderator(db):
    return UserFactory(group="Moderators")


@pytest.fixture
def company(db):
    return OrganisationFactory(name="Zébulon Capteurs")


@pytest.fixture
def depositor(company):
    return MembershipFactory(organisation=company, deposits=True).person


@pytest.fixture
def need(lead, frame):
    return NeedFactory(
        organisation=lead.organisation, closed=True, essential_criteria="Sans internet\nRelié au logiciel"
    )


@pytest.fixture
def enquiry(lead, frame):
    """A direct enquiry that has closed."""
    for key, amount in ((ThresholdKey.DISPENSATION_SUPPLIES, 60_000), (ThresholdKey.INNOVATIVE, 100_000)):
        Threshold.objects.update_or_create(
            key=key,
            valid_from=dt.date(2020, 1, 1),
            defaults={"amount": amount, "article": "R. 2122-8", "source_url": "https://example.org/texte"},
        )
    Threshold.objects.exclude(valid_from=dt.date(2020, 1, 1)).delete()
    return NeedFactory(organisation=lead.organisation, closed=True, direct=True, essential_criteria="Sans internet")


@pytest.fixture
def response(need, company, depositor):
    return respond(need, company)


@pytest.fixture
def as_person(client):
    def as_person(person):
        client.force_login(person)
        return client

    return as_person
