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

    yield from map(look, ("workspace", "notifications:list", "favourites:list", "close_account"))
    beginning = Beginning(content("Inscrire"), content("Une entreprise."), "my_data", 1)
    monkeypatch.setattr("metropole.core.workspace._beginnings", [beginning])
    _fill(person)
    article = ArticlePage.objects.filter(slug="rien", locale__language_code="fr").get()
    for _time in range(2):
        yield client.get(article.url).content.decode()
        client.post(reverse("favourites:add"), {"kind": "content", "ref": article.translation_key})
    kept = Favourite.objects.get(kind="content")
    yield from (look("favourites:favourite", pk) for pk in (kept.pk, Favourite.objects.get(ref="1").pk))
    yield from (look(f"favourites:{name}", Collection.objects.get().pk) for name in ("collection", "delete"))
    yield from map(look, ("workspace", "notifications:list", "notifications:preferences", "favourites:list"))
    yield from map(look, ("my_data", "close_account"))
    yield look("notifications:open", Notification.objects.first().pk, status=404)
    for path in (stop_path(person, UNUSED.topic), stop_path(person, "*")):
        yield client.get(path).content.decode()
    yield client.post(path).content.decode()
    yield _own_part(look("notifications_admin:mails"))
    Mail.objects.update(state="unknown", reason=content("interrompu"))
    yield _own_part(look("notifications_admin:mails"))
    client.cookies.clear()


def _fill(person: User) -> None:
    membership = MembershipFactory(person=person, owns=True, organisation__name=content("Bondy"))
    membership.organisation.verification = "waiting"
    membership.organisation.save()
    MembershipFactory(organisation=membership.organisation)
    for number in range(22):
        notify([person], UNUSED.name, f"unused:{number}", ("nowhere",), day=content("demain"))
    Notification.objects.filter(event="unused:1").update(read_at=timezone.now())
    collection = Collection.objects.create(person=person, name=content("À lire"))
    for ref, put_into in (("1", collection), ("2", None)):
        Favourite.objects.create(
            person=person, kind="need", ref=ref, title=content("Ombre"), language="fr", collection=put_into, note="⟪!⟫"
        )


def _own_part(page: str) -> str:
    """Of a page of the admin, what is not Wagtail's."""
    return f"<h1></h1>{re.search('<main.*</main>', page, re.DOTALL)[0]}"
