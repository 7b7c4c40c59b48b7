"""A company registers, waits, is verified, and only then is public."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as site_settings
from django.urls import reverse
from django.utils import translation

from metropole.core.policy import policy
from metropole.organisations.enums import Verification
from metropole.organisations.models import Organisation
from metropole.search.delivery import drain
from tests.factories import CommuneFactory, MembershipFactory

from .conftest import COMPANY, SIREN, SIRET
from .journeys import logged, membership, to, told

pytestmark = pytest.mark.django_db
ADMIN_QUEUE = "organisations_admin:queue"


def public_traces(client, company: Organisation) -> list[str]:
    """Where everyone can read of an organisation, once the index has heard of the last change."""
    drain()
    with translation.override("fr"):
        sources = {
            "page": client.get(company.get_absolute_url()),
            "directory": client.get(to("directory")),
            "sitemap": client.get("/sitemap-fr.xml"),
            "search": client.get(reverse("search:search"), {"type": "organisation"}),
            "api": client.get("/api/v1/search", {"type": "organisation"}),
        }
    marks = (company.slug, company.name)
    return [
        name
        for name, response in sources.items()
        if response.status_code == 200 and any(mark in response.content.decode() for mark in marks)
    ]


def decide(client, company: Organisation, action: str, **typed: str):
    return client.post(reverse(ADMIN_QUEUE), {"action": action, "organisation": company.pk, **typed})


def test_who_registers_a_company_owns_it_with_all_rights_but_for_nothing_until_it_is_verified(person, company):
    assert company.verification == Verification.WAITING
    assert membership(person, company).rights == ["contributes", "deposits", "owns"]
    assert company.website == "https://capteurs.example.org"
    assert not policy.may(person, "organisation.contribute", company)
    assert not policy.may(person, "organisation.deposit", company)
    assert not policy.may(person, "organisation.invite", company)
    assert "organisations.organisation.register" in logged()


def test_it_is_public_in_every_place_once_verified_and_in_none_before_or_after_a_refusal(
    person, company, editor, client, as_person, rebuild_index
):
    assert public_traces(client, company) == []
    decide(as_person(editor), company, "verify")
    assert public_traces(client, company) == ["page", "directory", "sitemap", "search", "api"]
    assert policy.may(person, "organisation.deposit", Organisation.objects.get(pk=company.pk))
    decide(as_person(editor), company, "refuse_company", reason="Elle n’existe plus.")
    assert public_traces(client, company) == []
    assert told(person) == ["organisation.verified", "organisation.refused"]
    assert "Elle n’existe plus." in as_person(person).get(to("home", company.slug)).content.decode()


def test_a_company_is_refused_with_a_reason_alone(company, editor, as_person):
    decide(as_person(editor), company, "refuse_company", reason="  ")
    assert Organisation.objects.get(pk=company.pk).verification == Verification.WAITING


def test_an_owner_mends_what_was_refused_and_it_waits_again(person, company, editor, as_person):
    decide(as_person(editor), company, "refuse_company", reason="Quel nom ?")
    as_person(person).post(to("edit", company.slug), COMPANY | {"name": "Capteurs et compagnie"})
    company.refresh_from_db()
    assert (company.verification, company.name) == (Verification.WAITING, "Capteurs et compagnie")


@pytest.mark.parametrize(
    ("typed", "verification"),
    [
        ({"description": "Des sondes."}, "verified"),
        ({"number": SIRET}, "verified"),
        ({"name": "Autre"}, "waiting"),
        ({"number": "732829320"}, "waiting"),
    ],
)
def test_another_name_or_another_siren_is_verified_again(person, company, editor, as_person, typed, verification):
    decide(as_person(editor), company, "verify")
    assert as_person(person).post(to("edit", company.slug), COMPANY | typed).status_code == 302
    assert Organisation.objects.get(pk=company.pk).verification == verification


def test_an_editor_does_not_verify_their_own_company(company, editor, as_person):
    MembershipFactory(person=editor, organisation=company)
    assert decide(as_person(editor), company, "verify").status_code in (302, 403)
    assert Organisation.objects.get(pk=company.pk).verification == Verification.WAITING


@pytest.mark.parametrize("number", ["552100555", "55210055400014", "1", "", "000000000", "٥٥٢١٠٠٥٥٤", "x" * 200_000])
def test_a_wrong_number_is_refused_beside_its_field_and_what_was_typed_is_kept(person, as_person, number):
    response = as_person(person).post(to("register"), COMPANY | {"number": number})
    assert response.status_code == 200
    assert response.context["form"].errors["number"]
    assert list(response.context["form"].errors) == ["number"]
    assert "Capteurs &amp; Cie" in response.content.decode()
    assert "<title>" in response.content.decode()
    assert not Organisation.objects.exists()


def test_a_siret_typed_in_groups_gives_the_siren_too(person, as_person):
    as_person(person).post(to("register"), COMPANY | {"number": "552 100 554 00013"})
    organisation = Organisation.objects.get()
    assert (organisation.siren, organisation.siret) == (SIREN, SIRET)


@pytest.mark.parametrize("kind", ["commune", "metropole", "public_body", "ept", ""])
def test_nobody_registers_an_authority(person, as_person, kind):
    assert as_person(person).post(to("register"), COMPANY | {"kind": kind}).context["form"].errors["kind"]
    assert not Organisation.objects.exists()


def test_forged_fields_verify_nothing(person, as_person):
    forged = {"verification": "verified", "slug": "mien", "territory": CommuneFactory().pk, "based_in": "1"}
    as_person(person).post(to("register"), COMPANY | forged)
    organisation = Organisation.objects.get()
    assert (organisation.verification, organisation.slug) == (Verification.WAITING, "capteurs-cie")
    assert (organisation.territory, organisation.based_in) == (None, None)


def test_a_company_that_is_there_is_joined_instead(person, owner, company, as_person):
    client = as_person(owner)
    response = client.post(to("register"), COMPANY | {"name": "La nôtre"})
    assert response.context["form"].errors["number"]
    page = response.content.decode()
    assert f'value="{SIREN}"' in page
    assert company.name not in page
    client.post(to("join"), {"siren": SIREN})
    assert membership(owner, company).state == "asked"
    assert told(person) == ["membership.asked"]


def test_the_siren_of_a_commune_registers_nothing(person, commune, as_person):
    response = as_person(person).post(to("register"), COMPANY | {"number": commune.siren})
    assert commune.name in response.content.decode()
    assert Organisation.objects.get() == commune


def test_another_owner_cannot_give_a_company_the_siren_of_another(person, commune, company, as_person):
    response = as_person(person).post(to("edit", company.slug), COMPANY | {"number": commune.siren})
    assert response.context["form"].errors["number"]
    company.refresh_from_db()
    assert company.siren == SIREN


def test_two_companies_of_one_name_and_one_named_as_a_screen_have_addresses_of_their_own(person, as_person):
    for name, number in (("Même", "552100554"), ("Même", "732829320"), ("Register", "443061841")):
        as_person(person).post(to("register"), COMPANY | {"name": name, "number": number})
    slugs = set(Organisation.objects.values_list("slug", flat=True))
    assert len(slugs) == 3
    assert "register" not in slugs
    for slug in slugs:
        assert as_person(person).get(to("home", slug)).status_code == 200


@pytest.mark.parametrize(
    ("town", "postal_code", "is_there"),
    [
        ("saint denis", "93200", True),
        ("ST-DENIS", "93210", True),
        ("Saint-Denis", "97400", False),
        ("Saint-Denis-en-Val", "93200", False),
    ],
)
def test_a_town_of_the_metropole_is_known_by_its_name_and_department(person, as_person, town, postal_code, is_there):
    commune = CommuneFactory(name="Saint-Denis", slug="saint-denis")
    as_person(person).post(to("register"), COMPANY | {"town": town, "postal_code": postal_code})
    assert Organisation.objects.get().based_in == (commune if is_there else None)


def test_who_sends_the_form_twice_is_led_to_what_the_first_made(person, company, as_person):
    response = as_person(person).post(to("register"), COMPANY)
    assert response.url == to("home", company.slug)
    assert Organisation.objects.count() == 1


def test_an_authority_says_more_of_itself_but_not_who_it_is(owner, commune, as_person):
    as_person(owner).post(to("edit", commune.slug), {"description": "Au sud.", "name": "Paris", "siren": SIREN})
    commune.refresh_from_db()
    assert (commune.description, commune.name, commune.siren) == ("Au sud.", "L’Haÿ-les-Roses", "219400389")
    assert commune.verification == Verification.VERIFIED


def test_strangers_see_nothing_of_a_company_and_members_without_the_right_change_nothing(
    company, commune, owner, as_person
):
    for name in ("home", "edit", "members", "invite", "leave"):
        assert as_person(owner).get(to(name, company.slug)).status_code == 404
        assert as_person(owner).post(to(name, company.slug), COMPANY).status_code == 404
        assert as_person(owner).get(to(name, "nowhere")).status_code == 404
    MembershipFactory(person=owner, organisation=company)
    assert as_person(owner).get(to("home", company.slug)).status_code == 200
    assert as_person(owner).post(to("edit", company.slug), COMPANY | {"name": "Pris"}).status_code == 403


def test_fifty_who_register_the_same_at_once_make_one(migrated_database, tmp_path):
    script = "import django; django.setup(); from tests.organisations.at_once import register; register()"
    environment = os.environ | {"DATABASE_URL": migrated_database, "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=site_settings.ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["1", "1", "200", "302"]
