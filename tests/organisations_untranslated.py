"""Every screen of the organisations, filled, for the search of untranslated words."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from metropole.accounts.models import User
from metropole.organisations import invitations, joining, legal
from metropole.organisations.enums import Right
from metropole.organisations.models import LegalText, Membership, Organisation
from tests.accounts.people import make_person
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

from .untranslated import content


def organisation_pages(client: Client) -> Iterator[str]:
    """The directory, the texts, and the workspace of somebody who owns an organisation and deals with others."""
    person = make_person(email="jeanne@org.example.org", first_name=content("Jeanne"))
    owned = _filled(content("Verte"), verification="verified")
    MembershipFactory(person=person, organisation=owned, owns=True)
    waiting = _filled(content("Bleue"), verification="waiting", siren="552100554")
    refused = _filled(content("Rouge"), verification="refused", verification_reason=content("Non"))
    for company in (waiting, refused):
        MembershipFactory(person=person, organisation=company, owns=True, contributes=True)
    asked = MembershipFactory(person=_jeanne("jeanne@example.example.org"), organisation=owned, state="asked")
    other = MembershipFactory(person=_jeanne("jeanne@example.example.example.org"), organisation=owned)
    _invite(owned, person)
    texts = [_text("terms"), _text("charter"), _text("charter")]

    def look(name: str, *args: object, **query: str) -> str:
        response = client.get(reverse(f"organisations:{name}", args=args), query, follow=True)
        assert response.resolver_match.url_name == name
        return response.content.decode()

    yield from (look("directory", **query) for query in ({}, {"kind": "startup"}, {"q": "zzz"}))
    yield from (look(name) for name in ("terms", "charter"))
    yield look("charter_version", texts[1].version)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    yield from (
        look(name, company.slug) for company in (owned, waiting, refused) for name in ("home", "members", "leave")
    )
    yield from (look(name, owned.slug) for name in ("edit", "invite"))
    yield from (look("member", owned.slug, one.pk) for one in (asked, other))
    yield look("accept_texts", organisation=owned.slug)
    for text in texts[:1]:
        legal.accept(person, text)
    yield from _joining(client, look, person, waiting)


def _joining(client: Client, look, person: User, waiting: Organisation) -> Iterator[str]:
    joined = _filled(content("Jaune"), verification="verified", kind="association")
    joining.ask(person, joined)
    MembershipFactory(person=person, organisation=_filled(content("Grise")), state="refused", reason=content("Non"))
    inviting = MembershipFactory(
        person=_jeanne("jeanne@example.example.example.example.org"), organisation=_filled(content("Noire")), owns=True
    )
    invitation = _invite(inviting.organisation, inviting.person, person.email)
    yield from (look(name) for name in ("mine", "join", "register"))
    yield from (look("join", q=words) for words in ("verte", "zzz"))
    yield look("answer", invitation.pk)
    token = invitation.renew()
    invitation.email = "org@example.org"
    invitation.save()
    yield client.get(reverse("organisations:invitation", args=[token])).content.decode()
    yield client.get(reverse("organisations:invitation", args=["x"])).content.decode()
    Membership.objects.filter(person=person, organisation=waiting).delete()
    typed = {"name": content("Bleue"), "kind": "startup", "number": "552100554", "sector": "J", "size": "micro",
             "town": content("Lieu"), "postal_code": "93100"}  # fmt: skip
    yield client.post(reverse("organisations:register"), typed).content.decode()
    yield client.post(reverse("organisations:register"), typed | {"number": "1", "kind": "x"}).content.decode()


def organisation_admin_pages(client: Client) -> Iterator[str]:
    """What the editors see; an administrator has signed in."""
    organisation = _filled(content("Rose"), verification="verified")
    waiting = _filled(content("Verte"), verification="waiting", verification_asked_at=timezone.now(), website="")
    MembershipFactory(person=_jeanne(content("5@example.org")), organisation=organisation)
    MembershipFactory(person=_jeanne(content("6@example.org")), organisation=organisation, state="asked")
    MembershipFactory(person=_jeanne(content("7@example.org")), organisation=waiting, state="asked")
    _invite(organisation, UserFactory(administrator=True), content("8@example.org"))
    yield client.get(reverse("organisations_admin:queue")).content.decode()
    yield client.get(reverse("organisations_admin:members", args=[organisation.pk])).content.decode()
    said = {"company_count": 2, "oldest": waiting, "request_count": 2, "queue_url": "/"}
    yield f"<main>{render_to_string('organisations/admin/waiting.html', said)}</main>"


def _filled(name: str, **fields: object) -> Organisation:
    texts = {"description": content("Elle compte."), "sector": "J", "size": "micro", "town": content("Lieu"),
             "website": "https://192.0.2.1/"}  # fmt: skip
    return OrganisationFactory(name=name, **{**texts, **fields})


def _jeanne(email: str) -> User:
    return make_person(email=email, first_name=content("Anne"))


def _invite(organisation: Organisation, person: User, email: str = "example@jeanne.org"):
    return invitations.invite(organisation, email, [Right.CONTRIBUTES], person)


def _text(kind: str) -> LegalText:
    prose = f"<p>{content('Texte')}</p>"
    return LegalText.objects.create(kind=kind, effective_at=timezone.now(), text_fr=prose, text_en=prose)
