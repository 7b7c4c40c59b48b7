"""Joining an authority: at once with its address, after an answer without."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from metropole.accounts.models import ProConnectIdentity
from metropole.core.policy import policy
from metropole.organisations.enums import MembershipState
from metropole.organisations.models import EmailDomain, Membership
from metropole.territory.models import TerritoryAlias
from tests.accounts.people import make_person
from tests.factories import MembershipFactory, OrganisationFactory

from .journeys import ask, logged, membership, to, told

pytestmark = pytest.mark.django_db


def test_an_agent_with_a_confirmed_address_of_the_authority_joins_at_once_and_contributes(person, commune, as_person):
    EmailDomain.objects.create(organisation=commune, domain="example.org")
    client = as_person(person)
    response = ask(client, commune)
    assert response.url == to("home", commune.slug)
    assert membership(person, commune).state == MembershipState.ACTIVE
    assert policy.may(person, "organisation.contribute", commune)
    assert not policy.may(person, "organisation.engage", commune)
    assert logged()[-1] == "organisations.membership.join"
    assert commune.name in client.get(to("mine")).content.decode()


@pytest.mark.parametrize("domain", ["ample.org", "mairie.example.org", "org"])
def test_neither_a_part_of_the_domain_nor_a_subdomain_of_it_is_the_domain(person, commune, as_person, domain):
    EmailDomain.objects.create(organisation=commune, domain=domain)
    ask(as_person(person), commune)
    assert membership(person, commune).state == MembershipState.ASKED


def test_an_address_below_the_domain_is_not_at_the_domain(commune, as_person):
    EmailDomain.objects.create(organisation=commune, domain="example.org")
    visitor = make_person(email="a@clients.example.org")
    ask(as_person(visitor), commune)
    assert membership(visitor, commune).state == MembershipState.ASKED


def test_an_address_that_was_never_confirmed_shows_nothing(person, commune, as_person):
    EmailDomain.objects.create(organisation=commune, domain="ville.example")
    EmailAddress.objects.create(user=person, email="jeanne@ville.example", verified=False)
    ask(as_person(person), commune)
    assert membership(person, commune).state == MembershipState.ASKED


@pytest.mark.parametrize(("siret", "state"), [("21940038900012", "active"), ("20005478100022", "asked"), ("", "asked")])
def test_proconnect_shows_who_works_for_the_authority(person, commune, as_person, siret, state):
    ProConnectIdentity.objects.create(user=person, sub="1", siret=siret)
    ask(as_person(person), commune)
    assert membership(person, commune).state == state


def test_a_company_is_never_joined_by_an_address_alone(person, as_person):
    company = OrganisationFactory(siren="552100554")
    EmailDomain.objects.create(organisation=company, domain="example.org")
    ProConnectIdentity.objects.create(user=person, sub="1", siret="55210055400013")
    ask(as_person(person), company)
    assert membership(person, company).state == MembershipState.ASKED


def test_the_owners_are_told_of_a_request_once_however_often_it_is_sent(person, commune, owner, editor, as_person):
    client = as_person(person)
    for _time in range(3):
        ask(client, commune)
    assert Membership.objects.filter(person=person).count() == 1
    assert told(owner) == ["membership.asked"]
    assert told(editor) == []


def test_without_an_owner_the_editors_are_told(person, commune, editor, as_person):
    ask(as_person(person), commune)
    assert told(editor) == ["membership.asked"]


def test_an_owner_accepts_and_the_person_contributes(person, commune, owner, as_person):
    ask(as_person(person), commune)
    url = to("member", commune.slug, membership(person, commune).pk)
    client = as_person(owner)
    assert person.email in client.get(url).content.decode()
    assert client.post(url, {"action": "accept"}).status_code == 302
    assert membership(person, commune).rights == ["contributes"]
    assert told(person) == ["membership.accepted"]
    assert logged()[-2:] == ["organisations.membership.ask", "organisations.membership.accept"]


def test_a_refusal_needs_a_reason_which_the_person_reads(person, commune, owner, as_person):
    ask(as_person(person), commune)
    url = to("member", commune.slug, membership(person, commune).pk)
    refused = as_person(owner).post(url, {"action": "refuse", "reason": " "})
    assert refused.status_code == 200
    assert refused.context["reason_form"].errors["reason"]
    assert membership(person, commune).state == MembershipState.ASKED
    as_person(owner).post(url, {"action": "refuse", "reason": "Vous avez changé de mairie."})
    assert membership(person, commune).state == MembershipState.REFUSED
    assert told(person) == ["membership.refused"]
    assert "Vous avez changé de mairie." in as_person(person).get(to("mine")).content.decode()


@pytest.mark.parametrize("state", ["refused", "removed"])
def test_who_was_turned_away_waits_for_an_answer_whatever_their_address(person, commune, as_person, state):
    EmailDomain.objects.create(organisation=commune, domain="example.org")
    MembershipFactory(person=person, organisation=commune, state=state)
    ask(as_person(person), commune)
    assert membership(person, commune).state == MembershipState.ASKED


def test_forged_fields_of_a_request_give_nothing(person, commune, as_person):
    ask(as_person(person), commune, state="active", owns="on", engages="on", contributes="on", person="1")
    kept = membership(person, commune)
    assert (kept.state, kept.rights) == (MembershipState.ASKED, [])


@pytest.mark.parametrize(
    "typed", [{"organisation": "nowhere"}, {"organisation": "a\x00b"}, {"siren": "1"}, {"siren": "x" * 200_000}, {}]
)
def test_an_organisation_that_there_is_not_is_not_found(person, as_person, typed):
    assert as_person(person).post(to("join"), typed).status_code == 404


def test_nobody_is_asked_to_join_what_was_refused(person, as_person):
    refused = OrganisationFactory(siren="552100554", verification="refused")
    assert as_person(person).post(to("join"), {"siren": refused.siren}).status_code == 404


def test_a_request_is_taken_back_by_its_author_alone(person, commune, owner, as_person):
    ask(as_person(person), commune)
    url = to("withdraw_request", membership(person, commune).pk)
    assert as_person(owner).post(url).status_code == 404
    as_person(person).post(url)
    assert membership(person, commune).state == MembershipState.LEFT


@pytest.mark.parametrize("text", ["hay les", "L'HAŸ", "l’haÿ-les-roses", "petit bicetre", "219400389"])
def test_the_picker_finds_an_authority_without_accents_and_by_other_names(person, commune, as_person, text):
    TerritoryAlias.objects.create(territory=commune.territory, name="Petit-Bicêtre")
    OrganisationFactory(commune=True, territory__name="Ailleurs")
    found = as_person(person).get(to("join"), {"q": text}).context["found"]
    assert [organisation for organisation, _is_member in found] == [commune]


@pytest.mark.parametrize("text", ["zzz", "%", "\x00", "'", "x" * 200_000])
def test_the_picker_bears_any_text(person, commune, as_person, text):
    response = as_person(person).get(to("join"), {"q": text[:5000]})
    assert response.status_code == 200
    assert commune.name not in response.content.decode()


def test_the_picker_offers_no_organisation_that_waits_or_was_refused(person, as_person):
    for number, verification in enumerate(("waiting", "refused")):
        OrganisationFactory(name=f"Cachée {number}", verification=verification)
    assert as_person(person).get(to("join"), {"q": "cachee"}).context["found"] == []


def test_joining_is_for_who_has_signed_in(client, commune):
    for name in ("mine", "join", "register", "accept_texts"):
        assert client.get(to(name)).url.startswith("/fr/")
        assert client.post(to(name)).status_code == 302
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "domain", ["gmail.com", "laposte.net", "@Orange.fr", "ville", "a b.fr", "", "-a.fr", "x" * 300 + ".fr"]
)
def test_the_domain_of_a_public_mail_service_or_no_domain_is_refused(commune, domain):
    with pytest.raises(ValidationError) as error:
        EmailDomain(organisation=commune, domain=domain).full_clean()
    assert "domain" in error.value.message_dict


def test_two_authorities_never_share_a_domain(commune):
    EmailDomain.objects.create(organisation=commune, domain="example.org")
    with pytest.raises(ValidationError):
        EmailDomain(organisation=OrganisationFactory(commune=True), domain="Example.org").full_clean()


def test_a_company_has_no_domain():
    with pytest.raises(ValidationError):
        EmailDomain(organisation=OrganisationFactory(), domain="example.org").full_clean()
