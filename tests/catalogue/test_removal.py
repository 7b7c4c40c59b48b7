"""A sheet goes with its reason, its last safe version and what to use instead; its address says so."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from catalogue.enums import Origin
from catalogue.models import SolutionPage
from metropole.core.templatetags.site_tags import reader_date
from metropole.moderation import deletion
from metropole.moderation.models import DeletionRequest, Tombstone
from tests.factories import ArticlePageFactory, SolutionPageFactory, UserFactory

from .people import carrier, moderator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

REASON = "La société a cessé."
VERSION = "2.4.1 jusqu’au 31/12/2026"


@pytest.fixture
def company():
    return carrier()


@pytest.fixture
def sheet(company):
    return SolutionPageFactory(
        title="Parcaméra",
        origin=Origin.PUBLISHER,
        publisher=company.organisation,
        organisations=[company.organisation],
    )


def ask_url(page) -> str:
    return reverse("moderation:ask_removal", args=[page.pk])


def test_what_a_carrier_says_of_its_sheet_is_read_at_its_address_in_both_languages(client, company, sheet):
    online, offline = SolutionPageFactory(title="Placelibre"), SolutionPageFactory(title="Disparue")
    client.force_login(company.person)
    asked = {"organisation": company.organisation_id, "reason": REASON, "safe_version": VERSION}
    assert client.post(ask_url(sheet), asked | {"alternatives": [online.pk, offline.pk]}).status_code == 302
    client.force_login(moderator())
    decision = reverse("moderation_admin:deletion", args=[DeletionRequest.objects.get().pk])
    form = client.get(decision).context["forms"]["grant"]
    assert {option.pk for option in form["alternatives"].field.queryset} == {online.pk, offline.pk}
    typed = {f"grant-{name}": form[name].value() or "" for name in form.fields} | {"action": "grant"}
    assert client.post(decision, typed | {"grant-alternatives": [online.pk, offline.pk]}).status_code == 302
    offline.unpublish()
    client.logout()
    for language in ("fr", "en"):
        answer = client.get(sheet.address_in(language).path)
        page = answer.content.decode()
        with override(language):
            assert reader_date(Tombstone.objects.get().removed_at) in page
            assert gettext("Last safe version") in page
        assert answer.status_code == 410
        assert REASON in page
        assert VERSION in page
        assert f'href="{online.address_in(language).path}"' in page
        assert "Disparue" not in page


def test_a_reason_is_owed(client, company, sheet):
    client.force_login(company.person)
    answer = client.post(ask_url(sheet), {"organisation": company.organisation_id, "reason": " "})
    assert answer.context["form"].errors["reason"]
    assert not DeletionRequest.objects.exists()


def test_only_other_published_sheets_are_alternatives(client, company, sheet):
    client.force_login(company.person)
    typed = {"organisation": company.organisation_id, "reason": REASON}
    for other in (sheet, SolutionPageFactory(is_draft=True), ArticlePageFactory()):
        answer = client.post(ask_url(sheet), typed | {"alternatives": [other.pk]})
        assert answer.context["form"].errors["alternatives"]
    for forged in ("x", "9" * 30, "-1"):
        answer = client.post(ask_url(sheet), typed | {"alternatives": [forged]})
        assert answer.context["form"].errors["alternatives"]
    assert client.post(ask_url(sheet), typed | {"safe_version": "é" * 200_000}).context["form"].errors["safe_version"]


def test_nothing_of_the_kind_is_asked_of_other_pages(client):
    company = carrier()
    client.force_login(company.person)
    form = client.get(ask_url(ArticlePageFactory(organisations=[company.organisation]))).context["form"]
    assert {"safe_version", "alternatives"}.isdisjoint(form.fields)


def test_a_sheet_put_back_is_read_again(client, company, sheet):
    asked = deletion.ask(sheet, company.person, company.organisation, REASON, VERSION, [])
    deletion.grant(asked, moderator())
    assert Tombstone.objects.get().safe_version == VERSION
    deletion.restore(sheet, moderator())
    assert client.get(sheet.url).status_code == 200


def test_what_no_organisation_keeps_up_an_editor_asks_to_remove_and_another_one_decides(client):
    drawn, editor = SolutionPageFactory(), UserFactory(editor=True)
    client.force_login(carrier().person)
    assert client.get(ask_url(drawn)).status_code == 403
    client.force_login(editor)
    assert client.post(ask_url(drawn), {"reason": REASON}).status_code == 302
    asked = DeletionRequest.objects.get()
    assert (asked.organisation, asked.asked_by) == (None, editor)
    deletion.grant(asked, moderator())
    assert not SolutionPage.objects.get(pk=drawn.pk).live
    assert client.get(drawn.url).status_code == 410


def test_editors_do_not_ask_in_the_place_of_its_publisher(client, sheet):
    client.force_login(UserFactory(editor=True))
    assert client.post(ask_url(sheet), {"reason": REASON}).status_code == 403
