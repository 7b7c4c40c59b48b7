"""Every screen of moderation, for the words of each to be looked at (tests/test_untranslated.py)."""

import datetime as dt
from collections.abc import Iterator

import time_machine
from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from metropole.accounts.models import User
from metropole.moderation import accuracy, deletion, reports, services
from metropole.moderation.models import CannedMessage
from resources.models import ArticlePage
from tests.factories import ArticlePageFactory, MembershipFactory

from .moderation.conftest import change, make_moderator
from .untranslated import content


def _named(person: User, name: str) -> User:
    person.first_name = content(name)
    person.save()
    return person


def public_moderation_pages(client) -> Iterator[str]:
    """What readers and contributors see, in both languages."""
    membership = MembershipFactory(contributes=True, organisation__name=content("Bagnolet"))
    author, owner = _named(membership.person, "Jeanne"), membership.organisation
    article = _article(owner)
    token = accuracy.link_token(article, author)
    with time_machine.travel(timezone.now() - dt.timedelta(days=2)):
        report = reports.receive(reports.find_page(article.pk), kind="fact", text="T", email="", language="fr")
    reports.close(report, make_moderator(), "R")
    for language in ("fr", "en"):
        with override(language):
            addresses = [
                reverse("moderation:report_error", args=["page", article.pk]),
                reverse("moderation:report_received"),
                reverse("moderation:confirm_by_link", args=[token]),
                reverse("moderation:accuracy"),
                reverse("moderation:ask_removal", args=[article.pk]),
                article.address_in(language).path,
            ]
        client.force_login(author)
        with time_machine.travel(timezone.now() + dt.timedelta(days=740)):
            client.force_login(author)
            yield from (client.get(address).content.decode() for address in addresses)
        yield client.post(addresses[0], {}).content.decode()
    yield client.post(addresses[2]).content.decode()
    change(article, content("Autre"), by=author)
    services.submit(article, author, owner)
    yield client.get(article.url).content.decode()
    instead = _article(owner)
    deletion.grant(deletion.ask(article, author, owner, content("Fermé.")), make_moderator(), instead=instead)
    for language in ("fr", "en"):
        yield client.get(article.address_in(language).path).content.decode()
    client.cookies.clear()


def moderation_admin_pages(client) -> Iterator[str]:
    """The queue with a row of each kind, and the screen of each."""
    membership = MembershipFactory(contributes=True, organisation__name=content("Bondy"))
    author, owner = _named(membership.person, "Jeanne"), membership.organisation
    moderator = _named(make_moderator(), "Awa")
    CannedMessage.objects.create(kind="changes", title=content("Chiffres"), text_fr="C")
    draft, article, removed = _article(owner, is_draft=True), _article(owner), _article(owner)
    with time_machine.travel(timezone.now() - dt.timedelta(days=30)):
        report = reports.receive(reports.find_page(article.pk), kind="link", text=content("T"), email="", language="fr")
    deletion.grant(deletion.ask(removed, author, owner, content("Fermé.")), moderator)
    asked = deletion.ask(article, author, owner, content("Vieux."))
    change(article, content("Autre"), by=author)
    for page in (draft, article):
        services.submit(page, author, owner)
    services.request_changes(draft, moderator, [("summary", content("Dites combien."))])
    services.submit(draft, author, owner)
    client.force_login(moderator)
    addresses = [
        reverse("moderation_admin:queue"),
        *(reverse("moderation_admin:review", args=[page.pk]) for page in (draft, article)),
        reverse("moderation_admin:deletion", args=[asked.pk]),
        reverse("moderation_admin:report", args=[report.pk]),
        reverse("moderation_admin:removed"),
    ]
    yield from (client.get(address).content.decode() for address in addresses)
    for panel in ({"count": 2, "late": 1}, {"count": 0, "late": 0}):
        shown = render_to_string("moderation/admin/panel.html", panel | {"is_for": True, "queue_url": "/"})
        yield f"<main>{shown}</main>"
    caches["limits"].clear()


def _article(owner, **fields) -> ArticlePage:
    return ArticlePageFactory(
        title=content(f"Article {ArticlePage.objects.count()}"),
        summary=content("Un résumé."),
        source=content("Dossier"),
        organisations=[owner],
        **fields,
    )
