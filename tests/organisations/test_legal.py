"""What people agree to: written in versions, never changed, asked for before the next deposit."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from metropole.organisations import legal
from metropole.organisations.models import Acceptance, LegalText
from tests.factories import MembershipFactory, OrganisationFactory

from .journeys import logged, to

pytestmark = pytest.mark.django_db


def write(kind: str, days: int = -10, **texts: str) -> LegalText:
    """A text that takes effect some days from now."""
    at = timezone.now() + dt.timedelta(days=days)
    texts = {"text_fr": f"<p>Texte {kind}.</p>", **texts}
    return LegalText.objects.create(kind=kind, effective_at=at, **texts)


@pytest.fixture
def terms():
    return write("terms", text_en="<p>Terms in English.</p>")


@pytest.fixture
def charter():
    return write("charter")


@pytest.fixture
def carrier(person):
    return MembershipFactory(person=person, organisation=OrganisationFactory(), deposits=True).organisation


def test_the_terms_are_for_everybody_and_the_charter_for_carriers(person, commune, carrier, terms, charter):
    assert legal.missing(person) == [terms]
    assert legal.missing(person, commune) == [terms]
    assert legal.missing(person, carrier) == [terms, charter]


def test_nothing_is_missing_while_no_text_is_in_force(person, carrier):
    write("terms", days=1)
    assert legal.missing(person, carrier) == []


def test_who_deposits_is_led_to_the_texts_and_back(person, carrier, terms, charter, as_person):
    request = RequestFactory().get("/fr/deposer/?besoin=3")
    request.user = person
    sent = legal.require_acceptance(request, carrier)
    client = as_person(person)
    page = client.get(sent.url)
    assert "Texte terms." in page.content.decode()
    assert "Texte charter." in page.content.decode()
    half = client.post(sent.url, {f"text_{terms.pk}": "on"})
    assert half.context["form"].errors[f"text_{charter.pk}"]
    assert not Acceptance.objects.exists()
    done = client.post(sent.url, {f"text_{terms.pk}": "on", f"text_{charter.pk}": "on"})
    assert done.url == "/fr/deposer/?besoin=3"
    assert legal.require_acceptance(request, carrier) is None
    assert {(one.text, one.organisation) for one in Acceptance.objects.all()} == {(terms, None), (charter, carrier)}
    assert logged() == ["organisations.legal.accept"] * 2
    assert client.get(sent.url).status_code == 302


def test_a_new_version_is_agreed_to_again(person, terms):
    legal.accept(person, terms)
    write("terms", days=2)
    assert legal.missing(person) == []
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        assert [text.version for text in legal.missing(person)] == [2]


def test_agreeing_twice_is_agreeing_once(person, terms):
    for _time in range(2):
        legal.accept(person, terms)
    assert Acceptance.objects.count() == 1


def test_nobody_agrees_for_an_organisation_that_is_not_theirs(person, commune, charter, as_person):
    stranger = OrganisationFactory()
    with pytest.raises(PermissionDenied):
        legal.accept(person, charter, stranger)
    for slug in (stranger.slug, "nowhere", "a\x00b"):
        assert as_person(person).post(to("accept_texts") + "?" + f"organisation={slug}").status_code == 404
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", ""])
def test_nobody_is_led_away_from_the_site(person, terms, as_person, target):
    response = as_person(person).post(f"{to('accept_texts')}?next={target}", {f"text_{terms.pk}": "on"})
    assert response.url == to("mine")


def test_a_text_in_force_is_changed_by_no_way(terms, editor, as_person):
    terms.text_fr = "<p>Autre.</p>"
    for act in (terms.save, terms.delete):
        with pytest.raises(ValidationError):
            act()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        LegalText.objects.filter(pk=terms.pk).update(text_fr="<p>Autre.</p>")
    url = reverse(LegalText.snippet_viewset.get_url_name("edit"), args=[terms.pk])
    typed = {"kind": "terms", "effective_at": "2020-01-01 00:00", "text_fr": "null", "text_en": "null"}
    assert as_person(editor).post(url, typed).status_code == 200
    assert LegalText.objects.get().text_fr == "<p>Texte terms.</p>"


def test_an_administrator_cannot_delete_a_text_in_force(terms, administrator, as_person):
    url = reverse(LegalText.snippet_viewset.get_url_name("delete"), args=[terms.pk])
    assert as_person(administrator).post(url).status_code == 302
    assert LegalText.objects.exists()


def test_a_text_to_come_is_still_written(terms):
    coming = write("terms", days=2)
    coming.text_fr = "<p>Mieux.</p>"
    coming.save()
    assert (coming.version, LegalText.objects.get(pk=coming.pk).text_fr) == (2, "<p>Mieux.</p>")


def test_everyone_reads_the_version_in_force_and_those_before_it(client, terms):
    second, coming = write("terms", days=-1, text_fr="<p>Second.</p>"), write("terms", days=1)
    page = client.get(to("terms")).content.decode()
    assert "Second." in page
    assert to("terms_version", terms.version) in page
    assert to("terms_version", coming.version) not in page
    assert "Texte terms." in client.get(to("terms_version", terms.version)).content.decode()
    assert client.get(to("terms_version", second.version)).status_code == 200
    assert client.get(to("terms_version", coming.version)).status_code == 404
    assert client.get(to("charter")).status_code == 200


def test_an_english_reader_gets_the_english_text_or_the_french_one_marked_as_such(client, terms, charter):
    with translation.override("en"):
        assert '<div class="prose legal" lang="en"><p>Terms in English.</p>' in client.get(to("terms")).content.decode()
        assert '<div class="prose legal" lang="fr"><p>Texte charter.</p>' in client.get(to("charter")).content.decode()


def test_texts_are_in_the_sitemap_once_in_force(client, terms):
    sitemap = client.get("/sitemap-fr.xml").content.decode()
    assert f"{to('terms')}<" in sitemap
    assert f"{to('charter')}<" not in sitemap
