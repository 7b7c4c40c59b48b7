"""The level and the provenance of what a sheet says."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from catalogue.enums import Level
from catalogue.models import Claim, Corroboration
from catalogue.sheet.claims import standings
from catalogue.sheet.completeness import completeness
from catalogue.sheet.groups import ESSENTIAL, FIELDS, GROUPS
from tests.factories import OrganisationFactory, SolutionPageFactory

pytestmark = pytest.mark.django_db


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def confirm(page, field):
    claim = Claim.objects.get(solution=page, field=field)
    town = OrganisationFactory(commune=True)
    Corroboration.objects.create(claim=claim, organisation=town, digest=claim.digest)
    return town


def test_every_field_stands_in_one_group():
    assert len(FIELDS) == len(set(FIELDS))
    assert set(ESSENTIAL) <= set(FIELDS)
    assert all(group.fields for group in GROUPS)


def test_what_is_said_is_declared_until_it_is_backed():
    page = SolutionPageFactory(status="in_service", hosting_place="France")
    found = standings(page)
    assert found["status"].level == Level.DECLARED
    assert found["hosting_place"].level == Level.UNVERIFIED
    assert "price_model" not in found


def test_evidence_raises_the_level_of_what_it_is_about_alone():
    proof = {"field": "hosting_place", "title": "Contrat", "place": "https://exemple.fr/contrat"}
    page = SolutionPageFactory(hosting_place="France", footprint="0,3 Wh", evidence=[proof])
    assert standings(page)["hosting_place"].level == Level.EVIDENCED
    assert standings(page)["footprint"].level == Level.UNVERIFIED


def test_each_quality_is_a_claim_of_its_own():
    proof = {"field": "quality:frugal", "title": "Mesure", "place": "https://exemple.fr/mesure"}
    found = standings(SolutionPageFactory(qualities=["sovereign", "frugal"], evidence=[proof]))
    assert found["quality:sovereign"].level == Level.UNVERIFIED
    assert found["quality:frugal"].level == Level.EVIDENCED


def test_a_claim_keeps_its_date_until_its_value_changes():
    with time_machine.travel("2026-01-10 12:00Z", tick=False):
        page = SolutionPageFactory(status="trial", spdx="MIT")
    with time_machine.travel("2026-05-20 12:00Z", tick=False):
        publish(page, status="in_service")
    found = standings(page)
    assert timezone.localdate(found["spdx"].said_at) == dt.date(2026, 1, 10)
    assert timezone.localdate(found["status"].said_at) == dt.date(2026, 5, 20)


def test_what_is_taken_away_is_claimed_no_more():
    page = SolutionPageFactory(spdx="MIT")
    publish(page, spdx="")
    assert not Claim.objects.filter(field="spdx").exists()


def test_a_confirmation_holds_for_the_value_that_was_confirmed_and_no_other():
    page = SolutionPageFactory(status="in_service")
    town = confirm(page, "status")
    assert standings(page)["status"].level == Level.CONFIRMED
    assert standings(page)["status"].confirmed_by == (town,)
    publish(page, status="stopped")
    assert standings(page)["status"].level == Level.DECLARED
    publish(page, status="in_service")
    assert standings(page)["status"].level == Level.CONFIRMED


def test_the_page_says_level_and_provenance_beside_the_claim(client):
    page = SolutionPageFactory(hosting_place="Lyon", spdx="MIT", source="Dossier de presse")
    html = client.get(page.url).content.decode()
    place = html.index("Lyon")
    assert "déclaré, non vérifié" in html[place : place + 400]
    assert "d’après des sources publiques" in html[place : place + 800]
    assert "non renseigné" in html


def test_completeness_counts_only_what_applies():
    page = SolutionPageFactory(contains_ai=False, personal_data=False, status="in_service")
    found = completeness(page)
    assert "ai_act_class" not in found.missing
    assert "legal_basis" not in found.missing
    assert "hosting_place" in found.missing
    assert found.filled == 4
    assert found.applicable == found.filled + len(found.missing)


def test_unknown_is_not_no_for_completeness():
    assert "ai_act_class" in completeness(SolutionPageFactory(contains_ai=None)).missing
