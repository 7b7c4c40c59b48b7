"""Editors verify companies and look after memberships in the admin; nobody else does."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from metropole.organisations.enums import MembershipState, Verification
from metropole.organisations.models import EmailDomain, Invitation, Organisation
from tests.accounts.people import make_person
from tests.factories import MembershipFactory, OrganisationFactory

from .journeys import logged, membership, told

pytestmark = pytest.mark.django_db
QUEUE = "organisations_admin:queue"


def members_url(organisation: Organisation) -> str:
    return reverse("organisations_admin:members", args=[organisation.pk])


def test_the_queue_shows_what_waits_the_oldest_first_and_for_how_long(person, commune, editor, as_person):
    now = timezone.now()
    for name, days in (("Récente", 1), ("Ancienne", 9)):
        OrganisationFactory(name=name, verification="waiting", verification_asked_at=now - dt.timedelta(days=days))
    MembershipFactory(person=person, organisation=commune, state="asked")
    page = as_person(editor).get(reverse(QUEUE)).content.decode()
    assert page.index("Ancienne") < page.index("Récente")
    assert "1\xa0semaine" in page
    assert person.email in page
    home = as_person(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(QUEUE) in home


def test_an_editor_answers_requests(person, commune, editor, as_person):
    client = as_person(editor)
    asked = MembershipFactory(person=person, organisation=commune, state="asked")
    client.post(reverse(QUEUE), {"action": "refuse", "membership": asked.pk, "reason": ""})
    assert membership(person, commune).state == MembershipState.ASKED
    client.post(reverse(QUEUE), {"action": "accept", "membership": asked.pk})
    assert membership(person, commune).state == MembershipState.ACTIVE
    assert told(person) == ["membership.accepted"]


def test_an_editor_names_an_owner_removes_a_member_and_invites(
    person, commune, editor, as_person, mailoutbox, django_capture_on_commit_callbacks
):
    client = as_person(editor)
    one = MembershipFactory(person=person, organisation=commune)
    other = MembershipFactory(organisation=commune)
    client.post(
        members_url(commune), {"action": "rights", "membership": one.pk, f"{one.pk}-rights": ["owns", "engages"]}
    )
    assert membership(person, commune).rights == ["engages", "owns"]
    client.post(members_url(commune), {"action": "remove", "membership": other.pk, "reason": "Parti."})
    assert membership(other.person, commune).state == MembershipState.REMOVED
    typed = {"action": "invite", "invitation-email": "a@example.org", "invitation-rights": "owns"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(members_url(commune), typed)
    assert [message.to for message in mailoutbox].count(["a@example.org"]) == 1
    assert "a@example.org" in client.get(members_url(commune)).content.decode()


@pytest.mark.parametrize(
    "typed",
    [{}, {"action": "x"}, {"action": "accept", "membership": "x"}, {"action": "verify", "organisation": "9" * 40}],
)
def test_what_there_is_not_is_not_found(commune, editor, as_person, typed):
    for url in (reverse(QUEUE), members_url(commune)):
        assert as_person(editor).post(url, typed).status_code == 404


def test_others_of_the_admin_and_owners_do_not_enter(owner, commune, as_person):
    translator = make_person(email="translator@example.org")
    translator.groups.add(*translator.groups.model.objects.filter(name="Translators"))
    waiting = OrganisationFactory(verification="waiting")
    for person in (translator, owner):
        client = as_person(person)
        for url in (reverse(QUEUE), members_url(commune)):
            assert client.get(url).status_code == 302
        client.post(reverse(QUEUE), {"action": "verify", "organisation": waiting.pk})
    assert Organisation.objects.get(pk=waiting.pk).verification == Verification.WAITING
    assert not Invitation.objects.exists()


def test_an_editor_adds_a_domain_on_the_organisations_screen_and_the_log_says_so(commune, editor, as_person):
    url = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[commune.pk])
    typed = {
        "kind": "commune", "name": commune.name, "slug": commune.slug, "territory": commune.territory_id,
        "siren": commune.siren, "siret": "", "website": "", "description": "", "sector": "", "size": "", "town": "",
        "postal_code": "", "email_domains-TOTAL_FORMS": "1", "email_domains-INITIAL_FORMS": "0",
        "email_domains-0-domain": "Ville.example",
    }  # fmt: skip
    refused = as_person(editor).post(url, typed | {"email_domains-0-domain": "gmail.com"})
    assert refused.status_code == 200
    assert not EmailDomain.objects.exists()
    assert as_person(editor).post(url, typed).status_code == 302
    assert EmailDomain.objects.get().domain == "ville.example"
    assert "organisations.domain.add" in logged()
