"""The screens of the workspace, filled with all that they can hold, for ``test_untranslated``."""

import re
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from metropole.accounts.models import Collection, Favourite, User
from metropole.accounts.notices import UNUSED
from metropole.core.workspace import Beginning
from metropole.notifications.models import Mail, Notification
from metropole.notifications.services import notify
from metropole.notifications.stopping import stop_path
from resources.models import ArticlePage
from tests.factories import MembershipFactory

from .accounts.people import PASSWORD, make_person
from .untranslated import content


def workspace_pages(client: Client, monkeypatch) -> Iterator[str]:
    """Every screen of one's own workspace: news, favourites, data; empty, then full."""
    person = make_person(email="example@jeanne.org", first_name=content("Jeanne"), administrator=True)
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    def look(name: str, *args: object, status: int = 200) -> str:
        response = client.get(reverse(name, args=args))
        assert response.status_code == status, name
        return response.content.decode()

    for name in ("workspace", "notifications:list", "favourites:list", "close_account"):
        yield look(name)
    collection = _furnish(person, monkeypatch)
    article = ArticlePage.objects.filter(slug="rien", locale__language_code="fr").get()
    for _time in range(2):
        yield client.get(article.url).content.decode()
        client.post(reverse("favourites:add"), {"kind": "content", "ref": article.translation_key})
    kept = Favourite.objects.get(kind="content")
    for favourite in (kept, Favourite.objects.get(ref="1")):
        yield look("favourites:favourite", favourite.pk)
    for name in ("collection", "delete"):
        yield look(f"favourites:{name}", collection.pk)
    for name in ("workspace", "notifications:list", "notifications:preferences", "favourites:list", "my_data",
                 "close_account"):  # fmt: skip
        yield look(name)
    yield look("notifications:open", Notification.objects.first().pk, status=404)
    for path in (stop_path(person, UNUSED.topic), stop_path(person, "*")):
        yield client.get(path).content.decode()
    yield client.post(path).content.decode()
    yield _own_part(look("notifications_admin:mails"))
    Mail.objects.update(state="unknown", reason=content("interrompu"))
    yield _own_part(look("notifications_admin:mails"))
    client.cookies.clear()


def _furnish(person: User, monkeypatch) -> Collection:
    """Fills a workspace; one of its collections."""
    beginning = Beginning(content("Inscrire"), content("Une entreprise."), "my_data", 1)
    monkeypatch.setattr("metropole.core.workspace._beginnings", [beginning])
    membership = MembershipFactory(person=person, owns=True, organisation__name=content("Bondy"))
    membership.organisation.verification = "waiting"
    membership.organisation.save()
    MembershipFactory(organisation=membership.organisation)
    for number in range(22):
        notify([person], UNUSED.name, f"unused:{number}", ("nowhere",), day=content("demain"))
    Notification.objects.filter(event="unused:1").update(read_at=timezone.now())
    collection = Collection.objects.create(person=person, name=content("À lire"))
    kept = {"person": person, "kind": "need", "title": content("Ombre"), "language": "fr", "note": "⟪!⟫"}
    Favourite.objects.create(ref="1", collection=collection, **kept)
    Favourite.objects.create(ref="2", **kept)
    return collection


def _own_part(page: str) -> str:
    """Of a page of the admin, what is not Wagtail's."""
    return f"<h1></h1>{re.search('<main.*</main>', page, re.DOTALL)[0]}"
