"""Who gets what at which address: a table that people have read, held against the site.

A row is an address and a method, a column a role. An address that is not in the table fails the test, and so does a
row whose address is no more. To renew the table after a change, run this file with ``REVIEW=1`` and read the
difference: each cell that changes is a right that somebody gained or lost.
"""

import csv
import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from .addresses import Address, addresses
from .roles import ROLES, person
from .world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TABLE = Path(__file__).with_name("matrix.csv")
METHODS = ("GET", "POST")
Row = tuple[str, str]
WITHOUT_TOKEN = {
    "": "leads on",
    "admin/login/": "leads on",
    "api/v1/openapi.json": "reads",
    "api/v1/search": "reads",
    "api/v1/solutions": "reads",
    "api/v1/solutions/<slug>": "reads",
    "api/v1/solutions/<slug>/inventory.csv": "reads",
    "api/v1/solutions/<slug>/inventory.json": "reads",
    "api/v1/solutions/<slug>/publiccode.yml": "reads",
    "api/v1/solutions/export.csv": "reads",
    "api/v1/suggest": "reads",
    "fr/signaler-une-erreur/<slug:kind>/<int:pk>/": "a visitor has no cookie, so no token: the form is signed",
    "fr/espace/contributions/<int:pk>/etape-<int:number>/": "looks for the token itself, to give back what was typed",
    "fr/espace/besoins/<uuid:key>/etape-<int:number>/": "looks for the token itself, to give back what was typed",
    "fr/espace/reponses/<uuid:pk>/etape-<int:number>/": "looks for the token itself, to give back what was typed",
    "fr/espace/reponses/<uuid:pk>/fichiers/": "looks for the token itself, once it is said where the file is held",
    "fr/toujours-exact/<str:token>/": "the link in the message is signed",
    "fr/plus-de-messages/<str:token>/": "a mail program posts there; the link in the message is signed",
}
"""What takes no form, and why."""


def table() -> dict[Row, dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {(row.pop("address"), row.pop("method")): row for row in csv.DictReader(file)}


def answers(role: str, world: World) -> Iterator[tuple[Row, str]]:
    """What somebody in a role gets at every address, by every method; nothing of it is kept."""
    client = Client(raise_request_exception=False)
    user = person(role, world.authority, world.company)
    if user:
        client.force_login(user)
    session = client.cookies.copy()
    for address in addresses():
        for method in METHODS:
            with transaction.atomic():
                yield (address.route, method), _answer(client, method, address, world)
                transaction.set_rollback(True)
            client.cookies = session.copy()


def _answer(client: Client, method: str, address: Address, world: World) -> str:
    response = client.generic(method, address.path(world), content_type="application/x-www-form-urlencoded")
    response.close()
    return _in_a_word(response)


def _in_a_word(response: HttpResponse) -> str:
    if response.status_code not in (301, 302, 307):
        return str(response.status_code)
    path = response.headers["Location"].partition("?")[0]
    places = {
        reverse("account_login"): "sign-in",
        reverse("wagtailadmin_login"): "sign-in",
        reverse("wagtailadmin_home"): "admin",
        reverse("account_profile"): "account",
        reverse("account_reauthenticate"): "confirm",
    }
    return places.get(path, "led on")


@pytest.fixture
def world(monkeypatch, settings, tmp_path, rebuild_index) -> World:
    settings.MEDIA_ROOT = tmp_path
    # Wagtail leaves the files open in which it makes smaller pictures.
    monkeypatch.setattr(Image, "generate_rendition_file", lambda *args, **options: get_test_image_file())
    monkeypatch.setattr("wagtail.images.views.images.SpooledTemporaryFile", lambda **options: BytesIO())
    return make_world()


@pytest.mark.skipif("REVIEW" in os.environ, reason="the table is being written")
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says_and_no_more(role, world):
    expected = {row: cells[role] for row, cells in table().items()}
    assert dict(answers(role, world)) == expected


OF_WAGTAIL = {
    "admin/failwhale/": "an error on purpose, to try what an error does",
    "admin/choose-external-link/": "a form without its fields",
    "admin/redirects/import/process/": "a form without its fields",
    "admin/pages/<int:page_id>/copy/": "a form without the fields of its body",
    "admin/pages/<int:page_id>/edit/": "a form without the fields of its body",
    "admin/pages/<int:page_id>/revisions/<int:revision_id>/revert/": "a form without the fields of its body",
    "admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/": (
        "a form without the fields of its body"
    ),
}
"""What Wagtail answers with an error 500 to an empty form that none of its screens sends."""
CHOOSER_WITHOUT_FORM = re.compile(r"admin/snippets/choose/\w+/\w+/create/")
"""Choosers of ours offer no form to make what is chosen; Wagtail answers its address all the same."""


def test_no_address_of_ours_is_an_error_for_anybody():
    faulty = {route for (route, _method), cells in table().items() if any(cell[0] == "5" for cell in cells.values())}
    assert {route for route in faulty if not CHOOSER_WITHOUT_FORM.fullmatch(route)} == set(OF_WAGTAIL)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed_without_the_token_of_a_form(method, world):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(person("administrator", world.authority, world.company))
    answered = {address.route: client.generic(method, address.path(world)).status_code for address in addresses()}
    assert {route: status for route, status in answered.items() if status != 403 and route not in WITHOUT_TOKEN} == {}


NUMBER = re.compile(r"\d+")


@pytest.mark.parametrize("role", ["visitor", "owner"])
def test_an_identifier_that_no_database_holds_is_that_of_nothing(role, world):
    client = Client(raise_request_exception=False)
    if user := person(role, world.authority, world.company):
        client.force_login(user)
    ours = [address for address in addresses() if not address.route.startswith("admin/")]
    absurd = {address.route: NUMBER.sub("9" * 30, address.path(world)) for address in ours}
    answered = {
        f"{method} {route}": client.generic(method, path).status_code
        for route, path in absurd.items()
        for method in METHODS
    }
    assert {row: status for row, status in answered.items() if status >= 500} == {}


if "REVIEW" in os.environ:

    def test_write_the_table(world):
        rows: dict[Row, dict[str, str]] = {}
        for role in ROLES:
            with transaction.atomic():
                for row, cell in answers(role, world):
                    rows.setdefault(row, {})[role] = cell
                transaction.set_rollback(True)
        assert len(rows) == len(METHODS) * len(addresses())
        with TABLE.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["address", "method", *ROLES])
            writer.writerows([*row, *(cells[role] for role in ROLES)] for row, cells in sorted(rows.items()))
