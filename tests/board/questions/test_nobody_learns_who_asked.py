"""The asker's name, address, organisation and identifiers are in no byte that anybody else is given."""

import logging

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex

from metropole.board.models import Watch
from metropole.board.questions import services
from metropole.board.questions.services import seen_of
from metropole.demo.frame import build_frame
from metropole.notifications.delivery import deliver
from metropole.notifications.models import Notification
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, ThemeFactory, UserFactory

from .conftest import publish

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PERSON, ORGANISATION = 787_878_787, 969_696_969
SENTINELS = ("zephyrine", "quastler", "kwytz", str(PERSON), str(ORGANISATION))
"""Of the name, the address and the organisation, folded; and both keys."""


@pytest.fixture
def asker():
    return UserFactory(pk=PERSON, email="zephyrine@quastlerium.example", first_name="Zephyrine", last_name="Quastler")


@pytest.fixture
def company(asker):
    company = OrganisationFactory(pk=ORGANISATION, name="Kwytzal SAS", slug="kwytzal")
    MembershipFactory(person=asker, organisation=company, contributes=True)
    return company


@pytest.fixture
def need(authority):
    theme = ThemeFactory(slug="climat")
    need = NeedFactory(organisation=authority, slug="place", title="Ombrager la place", themes=[theme])
    need.territories.add(authority.territory)
    return need


@pytest.fixture
def life(need, asker, company, agent, moderator, rebuild_index, caplog, authority):
    """One question waits, one is published and corrected, one is set aside; others follow the need."""
    caplog.set_level(logging.DEBUG)
    build_frame()
    Watch.objects.create(need=need, person=UserFactory())
    waiting, answered, dismissed = (
        services.ask(need, company, text, asker) for text in ("Quand ?", "Où donc ?", "Combien ?")
    )
    services.reword(waiting, "À quelle date ?", "", moderator, seen_of(waiting))
    publish(answered, agent)
    services.correct(answered, "Deux cents.", agent)
    services.dismiss(dismissed, "Hors sujet.", moderator)
    rebuild_index()
    deliver()
    return [waiting, answered, dismissed]


def addresses(need, questions) -> list[str]:
    """Every address that is about the need, and those that list needs."""
    authority = need.organisation
    found = []
    for language, board, search in (("fr", "jadopte", "recherche"), ("en", "adopt", "search")):
        results = f"/{language}/{search}/"
        feed = "flux.atom" if language == "fr" else "feed.atom"
        found += [
            f"/{language}/",
            f"/{language}/{board}/",
            f"/{language}/{board}/{need.slug}/",
            f"{results}?type=need",
            f"{results}?q=place&type=need",
            f"{results}?q=quand&type=need",
            f"{results}export.csv?type=need",
            f"{results}{feed}?type=need",
            f"/{language}/themes/climat/",
            authority.get_absolute_url().replace("/fr/", f"/{language}/"),
        ]
    found += [f"/api/v1/search?type=need&q={word}" for word in ("place", "surface", "")]
    return [*found, "/api/v1/suggest?q=pla", "/api/v1/openapi.json", "/sitemap.xml", "/robots.txt"]


def own_addresses(need, questions) -> list[str]:
    """Of the workspace: where those who answer, or follow, read of it."""
    names = ("board:mine", "questions:mine", "notifications:list", "matching:following")
    known = [reverse(name) for name in names]
    known += [reverse("questions:question", args=[question.pk]) for question in questions]
    return [*known, reverse("board:manage", args=[need.key]), reverse("workspace")]


def admin_addresses(questions) -> list[str]:
    found = [reverse("wagtailadmin_home"), reverse("wagtailadmin_reports:site_history")]
    return [*found, *(f"{found[1]}?label={question.pk}" for question in questions)]


def check(client, urls: list[str], *, at_least: int) -> None:
    read = 0
    for url in urls:
        response = client.get(url)
        content = b"".join(response) if response.streaming else response.content
        read += response.status_code == 200
        shown = (content + str(dict(response.headers)).encode()).decode().lower()
        assert [word for word in SENTINELS if word in shown] == [], url
    assert read >= at_least


def test_no_public_address_gives_it(client, life, need):
    check(client, addresses(need, life), at_least=24)


@pytest.mark.parametrize("role", ["agent", "moderator", "colleague", "reader"])
def test_nothing_that_others_read_when_they_have_signed_in_gives_it(client, life, need, request, role):
    person = UserFactory() if role == "reader" else request.getfixturevalue(role)
    client.force_login(person)
    check(client, addresses(need, life) + own_addresses(need, life), at_least=28)


@pytest.mark.parametrize("role", ["Editors", "Moderators", "administrator"])
def test_the_journal_gives_it_to_nobody(client, life, settings, role):
    settings.ADMIN_REQUIRES_MFA = False
    person = UserFactory(administrator=True) if role == "administrator" else UserFactory(group=role)
    client.force_login(person)
    response = client.get(reverse("wagtailadmin_reports:site_history"))
    assert response.status_code == 200
    # Wagtail shows others the entries of what they may change alone.
    assert (str(life[0].pk) in response.content.decode()) == (role == "administrator")
    # The journal is about all that people do: of these questions it says nothing of their asker.
    entries = [*ModelLogEntry.objects.filter(object_id__in=[str(one.pk) for one in life])]
    assert {entry.action for entry in entries} >= {"board.question.ask", "board.question.publish"}
    assert not [entry for entry in entries if entry.user_id == PERSON]
    kept = str([(entry.label, entry.data) for entry in entries]).lower()
    assert [word for word in SENTINELS if word in kept] == []
    assert not PageLogEntry.objects.filter(user=PERSON).exists()
    check(client, admin_addresses(life), at_least=5)


def test_the_admin_lists_no_question_beside_an_organisation(client, life, settings):
    assert not ReferenceIndex.objects.filter(object_id__in=[one.pk.hex for one in life]).exists()
    assert not ReferenceIndex.objects.filter(object_id__in=[str(one.pk) for one in life]).exists()
    settings.ADMIN_REQUIRES_MFA = False
    client.force_login(UserFactory(administrator=True))
    usage = reverse("wagtailsnippets_organisations_organisation:usage", args=[ORGANISATION])
    shown = client.get(usage).content.decode()
    assert not [one for one in life if str(one.pk) in shown]


def test_no_mail_to_others_and_no_news_gives_it(life, asker):
    others = [letter for letter in mail.outbox if letter.to != [asker.email]]
    assert others
    for letter in others:
        shown = f"{letter.subject} {letter.body} {letter.extra_headers}".lower()
        assert [word for word in SENTINELS if word in shown] == []
    news = Notification.objects.exclude(person=asker).values_list("words", "event", "route")
    assert news
    assert [word for word in SENTINELS if word in str(list(news)).lower()] == []


def test_the_reason_of_a_refusal_is_in_the_askers_mail_and_on_their_screen_alone(client, life, need, asker):
    with_reason = [letter.to for letter in mail.outbox if "Hors sujet." in letter.body]
    assert with_reason == [[asker.email]]
    assert "Hors sujet." not in str(list(ModelLogEntry.objects.values_list("data", flat=True)))
    client.force_login(UserFactory())
    for url in addresses(need, life):
        response = client.get(url)
        content = b"".join(response) if response.streaming else response.content
        assert "Hors sujet." not in content.decode()


def test_no_line_of_the_log_gives_it(life, caplog):
    written = " ".join(record.getMessage() for record in caplog.records).lower()
    assert [word for word in SENTINELS if word in written] == []


def test_the_asker_finds_it_on_their_own_screen_as_the_sentinels_must_be_seen_somewhere(client, life, asker):
    client.force_login(asker)
    assert "Kwytzal" in client.get(reverse("questions:mine")).content.decode()
