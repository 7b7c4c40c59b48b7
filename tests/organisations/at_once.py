"""Fifty browsers that register the same company at once, in a process and a database of their own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from metropole.organisations.models import Membership, Organisation
from tests.accounts.people import make_person

from .conftest import COMPANY


def register() -> None:
    """Prints how many organisations and members there are then, and the statuses that were answered."""
    people = [make_person(email=f"a{number}@example.org") for number in range(50)]
    with override("fr"):
        url = reverse("organisations:register")
    browsers = [Client() for _person in people]
    for browser, person in zip(browsers, people, strict=True):
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    def post(browser: Client) -> int:
        status = browser.post(url, COMPANY).status_code
        connection.close()
        return status

    with ThreadPoolExecutor(16) as pool:
        statuses = set(pool.map(post, browsers))
    print(Organisation.objects.count(), Membership.objects.count(), *sorted(statuses))
