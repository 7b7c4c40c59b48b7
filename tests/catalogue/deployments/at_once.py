"""Fifty browsers that declare the same at once, in a process and a database of their own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client
from django.utils.translation import override

from catalogue.deployments.models import Deployment, DeploymentStage
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory

from .conftest import at

FORM = {"stage": "test", "started_on": "2024-01-15"}


def declare() -> None:
    """Prints how many deployments and declarations there are then, and the statuses that were answered."""
    commune, solution = OrganisationFactory(commune=True), SolutionPageFactory()
    people = [MembershipFactory(organisation=commune, contributes=True).person for _number in range(50)]
    with override("fr"):
        url = at("declare", solution.pk)
    browsers = [Client() for _person in people]
    for browser, person in zip(browsers, people, strict=True):
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    def post(browser: Client) -> int:
        status = browser.post(url, FORM | {"organisation": commune.pk}).status_code
        connection.close()
        return status

    with ThreadPoolExecutor(16) as pool:
        statuses = set(pool.map(post, browsers))
    print(Deployment.objects.count(), DeploymentStage.objects.count(), *sorted(statuses))
