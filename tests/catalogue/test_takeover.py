"""A sheet that editors drew up is given to the organisation whose solution it is: asked, shown, decided, once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from catalogue.enums import Origin
from catalogue.models import SolutionPage, Takeover
from catalogue.takeover import services
from metropole.contributions.models import Contribution
from metropole.contributions.services import send
from metropole.core.personal_data import export_of
from metropole.moderation import services as moderation
from metropole.moderation.queue import queue_for
from metropole.notifications.models import Notification
from metropole.organisations.enums import Verification
from metropole.organisations.models import Organisation
from tests.factories import MembershipFactory, SolutionPageFactory, ThemeFactory, UserFactory

from .people import SHEET, agent, carrier, moderator

pytestmark = pytest.mark.django_db

PROOF = "Nos mentions légales : https://example.org/mentions"
SIREN, SIRET = "732829320", "73282932000074"
OTHER_SIRET = "20005478100022"


@pytest.fixture
def sheet():
    return SolutionPageFactory(title="Parcaméra")


@pytest.fixture
def company():
    return carrier(siren=SIREN)


@pytest.fixture
def asked(sheet, company):
    return services.ask(sheet, company.organisation, company.person, PROOF, SIRET)


def url_of(sheet) -> str:
    return reverse("takeover:ask", args=[sheet.pk])


def given(sheet) -> dict:
    return {"proof": PROOF, "siret": "732 829 320 00074"}


def test_a_carrier_asks_from_the_sheet_and_completes_it_once_an_editor_agrees(client, sheet, company):
    client.force_login(company.person)
    assert url_of(sheet) in client.get(sheet.url).content.decode()
    typed = given(sheet) | {"organisation": company.organisation_id}
    assert client.post(url_of(sheet), typed).status_code == 302
    asked = Takeover.objects.get()
    assert (asked.siret, asked.proof, asked.asked_by) == (SIRET, PROOF, company.person)
    editor = UserFactory(editor=True)
    (row,) = [row for row in queue_for(editor) if row.waiting == "takeover"]
    client.force_login(editor)
    assert "example.org/mentions" in client.get(row.url).content.decode()
    assert client.post(row.url, {"action": "accept"}).status_code == 302
    sheet = SolutionPage.objects.get(pk=sheet.pk)
    assert (sheet.publisher, list(sheet.organisations.all())) == (company.organisation, [company.organisation])
    assert sheet.is_editorial
    assert Notification.objects.get(kind="takeover.accepted").person == company.person
    client.force_login(company.person)
    assert url_of(sheet) not in client.get(sheet.url).content.decode()
    assert client.post(reverse("contributions:of_page", args=[sheet.pk])).status_code == 302
    draft = Contribution.objects.get()
    client.post(reverse("contributions:take_up", args=[draft.pk]))
    draft.refresh_from_db()
    draft.data |= {**SHEET, "themes": [str(ThemeFactory().pk)]}
    draft.save()
    send(draft, company.person, draft.version)
    moderation.approve(sheet, moderator())
    sheet = SolutionPage.objects.get(pk=sheet.pk)
    assert (sheet.origin, sheet.hosting_place) == (Origin.PUBLISHER, SHEET["hosting_place"])


def test_what_editors_were_writing_is_not_published_with_it_and_not_lost(sheet, asked):
    draft = sheet.get_latest_revision_as_object()
    draft.summary = "Pas encore relu."
    draft.save_revision()
    services.accept(asked, moderator())
    sheet = SolutionPage.objects.get(pk=sheet.pk)
    latest = sheet.get_latest_revision_as_object()
    assert (sheet.summary, latest.summary) == (SolutionPageFactory.summary, "Pas encore relu.")
    assert sheet.publisher == latest.publisher == asked.organisation


def test_it_waits_while_moderators_read_a_version_of_the_sheet(sheet, asked):
    draft = sheet.get_latest_revision_as_object()
    draft.summary = "Autre."
    draft.save_revision()
    moderation.submit(sheet, UserFactory(administrator=True))
    with pytest.raises(ValidationError):
        services.accept(asked, moderator())
    assert SolutionPage.objects.get(pk=sheet.pk).publisher is None


def test_an_editor_refuses_with_a_reason_and_the_organisation_may_ask_again(client, sheet, asked, company):
    client.force_login(moderator())
    decision = reverse("takeover_admin:takeover", args=[asked.pk])
    assert client.post(decision, {"action": "refuse", "refuse-reason": ""}).status_code == 200
    assert client.post(decision, {"action": "refuse", "refuse-reason": "Rien ne le montre."}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("refused", "Rien ne le montre.")
    assert "Rien ne le montre." in Notification.objects.get(kind="takeover.refused").words["reason"]
    client.force_login(company.person)
    assert "Rien ne le montre." in client.get(url_of(sheet)).content.decode()
    assert client.post(url_of(sheet), given(sheet) | {"organisation": company.organisation_id}).status_code == 302
    assert Takeover.objects.asked().count() == 1


def test_a_decision_is_taken_once(sheet, asked):
    services.refuse(asked, moderator(), "Non.")
    with pytest.raises(ValidationError):
        services.accept(Takeover.objects.get(), moderator())
    assert SolutionPage.objects.get(pk=sheet.pk).publisher is None


def test_nobody_decides_for_their_own_organisation(client, asked, company):
    own = MembershipFactory(person=moderator(), organisation=company.organisation).person
    with pytest.raises(PermissionDenied):
        services.accept(asked, own)
    company.person.groups.add(own.groups.get())
    with pytest.raises(PermissionDenied):
        services.refuse(asked, company.person, "Non.")
    assert Takeover.objects.asked().exists()


def test_another_one_cannot_ask_while_one_waits_nor_once_it_has_a_publisher(client, sheet, asked):
    other = carrier()
    client.force_login(other.person)
    typed = {"proof": PROOF, "organisation": other.organisation_id}
    answer = client.post(url_of(sheet), typed)
    words = gettext("Another organisation has asked for this sheet: the editors answer it first.")
    assert words in answer.context["form"].non_field_errors()
    services.accept(asked, moderator())
    answer = client.post(url_of(sheet), typed)
    assert str(asked.organisation) in str(answer.context["form"].non_field_errors())
    assert Takeover.objects.count() == 1


def test_the_database_itself_holds_one_request_at_a_time(sheet, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Takeover.objects.create(solution=sheet, organisation=carrier().organisation, proof="x")


def test_an_organisation_asks_once_takes_it_back_and_leaves_the_way_to_others(client, sheet, asked, company):
    with pytest.raises(ValidationError):
        services.ask(sheet, company.organisation, company.person, PROOF)
    client.force_login(carrier().person)
    assert client.post(reverse("takeover:withdraw", args=[asked.pk])).status_code == 404
    client.force_login(company.person)
    assert client.post(reverse("takeover:withdraw", args=[asked.pk])).status_code == 302
    other = carrier()
    assert services.ask(sheet, other.organisation, other.person, PROOF).state == "asked"


@pytest.mark.parametrize("siret", ["73282932000075", "123", OTHER_SIRET, "é" * 200_000, "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"])
def test_a_siret_that_is_wrong_or_of_another_company_is_refused_at_its_field(client, sheet, company, siret):
    client.force_login(company.person)
    answer = client.post(url_of(sheet), {"proof": PROOF, "siret": siret, "organisation": company.organisation_id})
    assert answer.context["form"].errors["siret"]
    assert not Takeover.objects.exists()


def test_an_association_without_a_siren_cannot_give_that_of_another_organisation(client, sheet, company):
    association = carrier(kind="association")
    client.force_login(association.person)
    typed = {"proof": PROOF, "siret": SIRET, "organisation": association.organisation_id}
    assert client.post(url_of(sheet), typed).context["form"].errors["siret"]


@pytest.mark.parametrize("proof", ["", "  ", "é" * 200_000])
def test_what_shows_it_is_owed_and_short(client, sheet, company, proof):
    client.force_login(company.person)
    answer = client.post(url_of(sheet), {"proof": proof, "organisation": company.organisation_id})
    assert answer.context["form"].errors["proof"]


def test_neither_an_authority_nor_one_that_is_not_verified_asks(client, sheet):
    commune = agent()
    waiting = carrier(verification=Verification.WAITING)
    for member in (commune, waiting):
        client.force_login(member.person)
        assert url_of(sheet) not in client.get(sheet.url).content.decode()
        client.post(url_of(sheet), {"proof": PROOF, "organisation": member.organisation_id})
        with pytest.raises(PermissionDenied):
            services.ask(sheet, member.organisation, member.person, PROOF)
    assert not Takeover.objects.exists()


def test_nobody_asks_for_somebody_elses_organisation(client, sheet, company):
    other = carrier().organisation
    client.force_login(company.person)
    answer = client.post(url_of(sheet), {"proof": PROOF, "organisation": other.pk})
    assert answer.context["form"].errors["organisation"]
    with pytest.raises(PermissionDenied):
        services.ask(sheet, other, company.person, PROOF)


def test_a_sheet_that_names_its_publisher_is_given_to_no_other(sheet, company):
    sheet.publisher = carrier().organisation
    sheet.save_revision().publish()
    with pytest.raises(ValidationError):
        services.ask(sheet, company.organisation, company.person, PROOF)
    named = MembershipFactory(organisation=Organisation.objects.get(pk=sheet.publisher_id), contributes=True)
    services.accept(services.ask(sheet, named.organisation, named.person, PROOF), moderator())
    assert SolutionPage.objects.get(pk=sheet.pk).is_kept_by(named.organisation)


def test_a_draft_and_a_sheet_that_its_publisher_wrote_cannot_be_asked_for(client, company):
    draft, written = SolutionPageFactory(is_draft=True), SolutionPageFactory(origin=Origin.PUBLISHER)
    client.force_login(company.person)
    assert client.get(url_of(draft)).status_code == 404
    assert client.get(url_of(written)).context["form"] is None
    with pytest.raises(ValidationError):
        services.ask(written, company.organisation, company.person, PROOF)


def test_what_is_done_is_in_the_journal_and_in_the_persons_data(sheet, asked, company):
    services.accept(asked, moderator())
    assert set(ModelLogEntry.objects.filter(object_id=asked.pk).values_list("action", flat=True)) >= {
        "catalogue.takeover.ask",
        "catalogue.takeover.accept",
    }
    assert export_of(company.person)["takeovers"][0]["proof"] == PROOF
