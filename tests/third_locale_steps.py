"""What a process does that has a site in three languages of its own: it prints what a reader gets, as JSON."""

import json
import re

import django
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils.translation import override

LANGUAGE = "es"


def main() -> None:
    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    addresses = fill()
    call_command("rebuild_search", verbosity=0)
    client = Client()
    answers = {name: answer(client, path) for name, path in addresses.items()}
    sign_in(client)
    answers["admin"] = answer(client, reverse("wagtaillocales:index"))
    print(json.dumps({"addresses": addresses, "answers": answers}))


def fill() -> dict[str, str]:
    from wagtail.models import Locale

    from metropole.core.languages import language_of
    from tests.factories import CommuneFactory, NeedFactory, ProjectPageFactory, ThemeFactory

    assert {language_of(locale.pk) for locale in Locale.objects.all()} >= {"fr", "en", LANGUAGE}
    project = ProjectPageFactory(
        title="Des capteurs", slug="capteurs", themes=[ThemeFactory(slug="donnee", name="Donnée")]
    )
    commune, need = CommuneFactory(), NeedFactory(slug="ombre")
    call_command("migrate", verbosity=0)
    with override(LANGUAGE):
        search = reverse("search:search")
        views = {
            "territory": commune.get_absolute_url(),
            "theme": reverse("taxonomy:theme", args=["donnee"]),
            "themes": reverse("taxonomy:index"),
            "map": reverse("territory:index"),
            "need": need.get_absolute_url(),
            "site map": reverse("site_map"),
            "feed": reverse("search:feed"),
            "export": reverse("search:export"),
        }
    return views | {
        "front door": "/",
        "home": f"/{LANGUAGE}/",
        "search": f"{search}?q=capteurs",
        "nothing": f"{search}?q=qqqqqq&theme=donnee",
        "section": f"/{LANGUAGE}/ressources/",
        "sheet": f"/{LANGUAGE}/ressources/capteurs/",
        "french sheet": project.url,
        "french home": "/fr/",
        "api": f"/api/v1/search?q=capteurs&lang_ui={LANGUAGE}",
        "sitemap": f"/sitemap-{LANGUAGE}.xml",
        "sitemaps": "/sitemap.xml",
        "robots": "/robots.txt",
        "unknown": f"/{LANGUAGE}/nowhere/",
    }


def sign_in(client: Client) -> None:
    from tests.factories import UserFactory

    client.force_login(UserFactory(administrator=True))


def answer(client: Client, path: str) -> dict[str, object]:
    response = client.get(path, headers={"accept-language": LANGUAGE})
    return {
        "status": response.status_code,
        "location": response.headers.get("Location", ""),
        "page": re.sub(r"\s+", " ", response.content.decode()),
    }


if __name__ == "__main__":
    main()
