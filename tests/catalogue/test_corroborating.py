"""An authority that uses a solution confirms what its sheet says: for the value that it read, and never its own."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import PageLogEntry

from catalogue.deployments.enums import DeploymentState, Stage
from catalogue.enums import Level, Origin
from catalogue.models import Claim, Corroboration, Deployment, SolutionPage
from catalogue.sheet.claims import CORROBORATED, corroborate, standings
from metropole.core.personal_data import export_of
from tests.factories import MembershipFactory, SolutionPageFactory

from .people import agent, carrier

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return carrier()


@pytest.fixture
def sheet(publisher):
    return SolutionPageFactory(
        origin=Origin.PUBLISHER,
        publisher=publisher.organisation,
        organisations=[publisher.organisation],
        lead_time="3 mois",
        hosting_place="France",
        website="https://example.org",
    )


@pytest.fixture
def commune():
    return agent()


class Users:
    """The organisations of which the use of the solution is confirmed."""

    def __init__(self, sheet: SolutionPage) -> None:
        self._sheet = sheet

    def add(self, key: int) -> None:
        said = {"stage": Stage.IN_USE, "started_on": timezone.localdate(), "state": DeploymentState.CONFIRMED}
        Deployment.objects.create(solution=self._sheet, organisation_id=key, confirmed_at=timezone.now(), **said)

    def clear(self) -> None:
        Deployment.objects.all().delete()


@pytest.fixture
def using(sheet, commune):
    """Those that use the solution: first the commune."""
    users = Users(sheet)
    users.add(commune.organisation_id)
    return users


def url_of(sheet) -> str:
    return reverse("corroboration:confirm", args=[sheet.pk])


def claim_of(sheet, field="lead_time") -> Claim:
    return Claim.objects.get(solution=sheet, field=field)


def pressed(claim, membership) -> dict:
    return {"claim": claim.pk, "organisation": membership.organisation_id, "digest": claim.digest}


def changed(sheet, **fields) -> SolutionPage:
    sheet = SolutionPage.objects.get(pk=sheet.pk)
    for name, value in fields.items():
        setattr(sheet, name, value)
    sheet.save_revision().publish()
    return SolutionPage.objects.get(pk=sheet.pk)


def test_an_agent_confirms_from_the_sheet_what_their_authority_has_seen(client, sheet, commune, using):
    client.force_login(commune.person)
    assert url_of(sheet) in client.get(sheet.url).content.decode()
    shown = client.get(url_of(sheet)).content.decode()
    assert "3 mois" in shown
    assert shown.count('name="claim"') == 2
    assert client.post(url_of(sheet), pressed(claim_of(sheet), commune)).status_code == 302
    standing = standings(sheet)["lead_time"]
    assert (standing.level, standing.confirmed_by) == (Level.CONFIRMED, (commune.organisation,))
    assert client.get(url_of(sheet)).content.decode().count('name="claim"') == 1
    assert str(commune.organisation) in client.get(sheet.url).content.decode()
    assert PageLogEntry.objects.filter(action=CORROBORATED, user=commune.person).exists()
    assert export_of(commune.person)["corroborations"][0]["organisation"] == commune.organisation.name


def test_it_stands_for_that_value_alone_and_says_so_when_it_changed(client, sheet, commune, using):
    corroborate(claim_of(sheet), commune.organisation, commune.person)
    sheet = changed(sheet, lead_time="6 mois")
    standing = standings(sheet)["lead_time"]
    assert (standing.level, standing.confirmed_by) == (Level.DECLARED, ())
    assert standing.confirmed_before == (commune.organisation,)
    words = gettext("confirmed before this was changed:")
    assert words in client.get(sheet.url).content.decode()
    client.force_login(commune.person)
    assert client.get(url_of(sheet)).context["parts"][0].rows[0].has_changed
    client.post(url_of(sheet), pressed(claim_of(sheet), commune))
    assert standings(sheet)["lead_time"].level == Level.CONFIRMED
    assert words not in client.get(sheet.url).content.decode()
    assert Corroboration.objects.count() == 1


def test_a_value_that_one_has_not_read_is_not_confirmed(client, sheet, commune, using):
    read = pressed(claim_of(sheet), commune)
    changed(sheet, lead_time="6 mois")
    client.force_login(commune.person)
    client.post(url_of(sheet), read)
    assert not Corroboration.objects.exists()
    with pytest.raises(ValidationError):
        corroborate(claim_of(sheet), commune.organisation, commune.person, read["digest"])


def test_who_does_not_use_it_confirms_nothing(client, sheet, commune, using):
    using.clear()
    client.force_login(commune.person)
    assert url_of(sheet) not in client.get(sheet.url).content.decode()
    assert client.get(url_of(sheet)).status_code == 403
    assert client.post(url_of(sheet), pressed(claim_of(sheet), commune)).status_code == 403
    with pytest.raises(PermissionDenied):
        corroborate(claim_of(sheet), commune.organisation, commune.person)


def test_its_publisher_never_confirms_not_even_through_an_authority(client, sheet, publisher, using):
    using.add(publisher.organisation_id)
    client.force_login(publisher.person)
    assert client.post(url_of(sheet), pressed(claim_of(sheet), publisher)).status_code == 403
    both = MembershipFactory(person=publisher.person, contributes=True)
    using.add(both.organisation_id)
    assert client.post(url_of(sheet), pressed(claim_of(sheet), both)).status_code == 403
    with pytest.raises(PermissionDenied):
        corroborate(claim_of(sheet), both.organisation, both.person)


def test_an_authority_that_carries_the_solution_does_not_confirm_it(sheet, commune, using):
    sheet = SolutionPage.objects.get(pk=sheet.pk)
    sheet.organisations.add(commune.organisation)
    sheet.save_revision().publish()
    with pytest.raises(PermissionDenied):
        corroborate(claim_of(sheet), commune.organisation, commune.person)


def test_nobody_confirms_for_another_authority_nor_without_the_right(client, sheet, commune, using):
    other = agent()
    using.add(other.organisation_id)
    client.force_login(commune.person)
    assert client.post(url_of(sheet), pressed(claim_of(sheet), other)).status_code == 403
    silent = MembershipFactory(organisation=commune.organisation)
    client.force_login(silent.person)
    assert client.post(url_of(sheet), pressed(claim_of(sheet), silent)).status_code == 403
    assert not Corroboration.objects.exists()


def test_what_nobody_can_see_from_using_it_is_not_confirmed(client, sheet, commune, using):
    client.force_login(commune.person)
    assert client.post(url_of(sheet), pressed(claim_of(sheet, "website"), commune)).status_code == 403


@pytest.mark.parametrize("forged", [{"claim": "x"}, {"claim": "9" * 30}, {"organisation": ""}, {"digest": "é" * 200}])
def test_a_forged_button_is_nothing(client, sheet, commune, using, forged):
    client.force_login(commune.person)
    assert client.post(url_of(sheet), pressed(claim_of(sheet), commune) | forged).status_code == 404
    elsewhere = SolutionPageFactory(lead_time="1 an")
    assert client.post(url_of(sheet), pressed(claim_of(elsewhere), commune)).status_code == 404


def test_another_site_cannot_press_the_button(sheet, commune, using):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(commune.person)
    assert strict.post(url_of(sheet), pressed(claim_of(sheet), commune)).status_code == 403
    assert not Corroboration.objects.exists()


def test_a_visitor_is_led_to_the_sign_in(client, sheet, using):
    assert client.get(url_of(sheet)).status_code == 302
    assert url_of(sheet) not in client.get(sheet.url).content.decode()
