import pytest
from django.test import Client
from django.urls import reverse

from metropole.accounts.models import User
from metropole.organisations.models import Organisation
from tests.accounts.people import make_person
from tests.factories import MembershipFactory, OrganisationFactory

SIREN, SIRET = "552100554", "55210055400013"
COMPANY = {
    "name": "Capteurs & Cie", "kind": "startup", "number": SIREN, "website": "capteurs.example.org",
    "description": "Des capteurs.", "sector": "J", "size": "micro", "town": "Nulle-Part", "postal_code": "29000",
}  # fmt: skip


@pytest.fixture
def person(db) -> User:
    """Jeanne, who confirmed her address at example.org."""
    return make_person(email="jeanne@example.org", first_name="Jeanne", last_name="Petit")


@pytest.fixture
def commune(db) -> Organisation:
    return OrganisationFactory(commune=True, territory__name="L’Haÿ-les-Roses", siren="219400389")


@pytest.fixture
def owner(commune) -> User:
    """Who owns the commune's organisation."""
    owner = make_person(email="owner@example.org", first_name="Odile", last_name="Owner")
    MembershipFactory(person=owner, organisation=commune, owns=True)
    return owner


@pytest.fixture
def editor(db) -> User:
    return make_person(email="editor@example.org", editor=True)


@pytest.fixture
def administrator(db) -> User:
    return make_person(email="administrator@example.org", administrator=True)


@pytest.fixture
def as_person():
    """A browser in which somebody has signed in."""

    def as_person(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_person


@pytest.fixture
def company(person, as_person) -> Organisation:
    """What Jeanne has registered; it waits for its verification."""
    as_person(person).post(reverse("organisations:register"), COMPANY)
    return Organisation.objects.get(siren=SIREN)
