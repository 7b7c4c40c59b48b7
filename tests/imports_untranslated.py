"""The screens of the import of sheets, for the words of each to be looked at (tests/test_untranslated.py)."""

from collections.abc import Iterator

from django.urls import reverse

from catalogue.imports import services
from catalogue.models import SolutionPage
from tests.factories import SolutionPageFactory, UserFactory

from .catalogue.sheets import json_file
from .untranslated import content


def import_admin_pages(client) -> Iterator[str]:
    """An import refused as a whole, in a line, then one checked, written and undone."""
    person = UserFactory(administrator=True, first_name=content("Jeanne"))
    client.force_login(person)
    SolutionPageFactory(slug="la", title=content("Là"))
    new = {"slug": "neuve", "title": content("Neuve"), "summary": content("Elle."), "kind": "software"}
    changed = {"slug": "la", "title": content("Là bas")}
    address = reverse("catalogue_imports:imports")
    yield client.post(address, {"file": json_file({"slug": "la"})}).content.decode()
    for sheet in (new | {"kind": "?"}, new, changed):
        yield _screen(client, services.begin(_named(sheet), person).pk)
    begun = services.begin(_named(new, changed), person)
    yield _screen(client, begun.pk)
    services.apply(begun, person)
    yield _screen(client, begun.pk)
    SolutionPage.objects.get(slug="la").get_latest_revision().publish()
    services.undo(begun, person)
    yield _screen(client, begun.pk)
    yield client.get(address).content.decode()


def _named(*sheets: dict):
    file = json_file(*sheets)
    file.name = content("fiches.json")
    return file


def _screen(client, pk: int) -> str:
    return client.get(reverse("catalogue_imports:import", args=[pk])).content.decode()
