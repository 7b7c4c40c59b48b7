"""Sheets that say enough to be told apart, and an authority's agents."""

import pytest

from catalogue.models import Corroboration
from metropole.demo.frame import build_frame
from tests.factories import MembershipFactory, SolutionPageFactory


@pytest.fixture
def frame(db):
    return build_frame()


@pytest.fixture
def counting(frame):
    """Counts bicycles with cameras."""
    return SolutionPageFactory(
        title="Compteur de vélos",
        kind="ai",
        contains_ai=True,
        techniques=["vision", "deep_learning"],
        ai_act_class="transparency",
        hosting_zone="eu",
        hosting_place="Allemagne",
        licensing="proprietary",
        maturity=8,
        prices=[{"stratum": "under_20k", "lowest": "3000", "highest": "8000", "note": ""}],
        evidence=[{"field": "hosting_place", "title": "Contrat", "place": "https://example.org/c", "date": ""}],
    )


@pytest.fixture
def loops(frame):
    """Counts them with wires in the road."""
    return SolutionPageFactory(
        title="Boucles au sol", contains_ai=False, hosting_zone="france", licensing="open", price_model="free"
    )


@pytest.fixture
def agent(frame):
    return MembershipFactory(contributes=True).person


@pytest.fixture
def as_person(client):
    def as_person(person):
        client.force_login(person)
        return client

    return as_person


@pytest.fixture
def confirm():
    """Has an authority confirm what a sheet says in a field."""

    def confirm(page, field, organisation=None):
        claim = page.claims.get(field=field)
        organisation = organisation or MembershipFactory().organisation
        return Corroboration.objects.create(claim=claim, organisation=organisation, digest=claim.digest)

    return confirm
