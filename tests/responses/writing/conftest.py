"""A company that deposits, a need with criteria, and what it answers."""

import pytest

from metropole.demo.frame import build_frame
from metropole.responses.content import Criterion
from metropole.responses.writing import services
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory

OFFLINE = Criterion("Fonctionne sans internet", True)
CONNECTED = Criterion("Relié au logiciel de la commune", True)
SILENT = Criterion("Silencieux", False)
ANSWERS = {
    "summary": "Des capteurs sobres SENTINELLE-RESUME.",
    "approach": "Nous posons dix capteurs.",
    "calendar": "Deux mois.",
    OFFLINE.field: "Oui, SENTINELLE-CRITERE.",
    CONNECTED.field: "Oui, par une interface.",
}


@pytest.fixture
def frame(db):
    return build_frame()


@pytest.fixture
def need(db):
    return NeedFactory(
        title="Compter les passages",
        essential_criteria=f"{OFFLINE.text}\n{CONNECTED.text}",
        desirable_criteria=SILENT.text,
    )


@pytest.fixture
def company(db):
    return OrganisationFactory(name="Société SENTINELLE-NOM")


@pytest.fixture
def depositor(company):
    return MembershipFactory(organisation=company, deposits=True).person


@pytest.fixture
def draft(need, company, depositor):
    """With all that it owes."""
    begun = services.begin(need, company, depositor)
    services.save(begun, depositor, ANSWERS, services.seen_of(begun, ANSWERS))
    begun.refresh_from_db()
    return begun


@pytest.fixture
def deposited(draft, depositor):
    services.deposit(draft, depositor, draft.draft_version)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def as_person(client):
    def as_person(person):
        client.force_login(person)
        return client

    return as_person
