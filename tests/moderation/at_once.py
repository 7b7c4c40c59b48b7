"""Two moderators who approve the same at once, on a database of their own: ``python -m tests.moderation.at_once``."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "metropole.settings.test"
django.setup()

from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from metropole.moderation import services
from metropole.notifications.models import Notification
from tests.factories import ArticlePageFactory, MembershipFactory, UserFactory

ROUNDS = 3
"""In one alone, the first might be done before the second begins."""


def main() -> None:
    """Prints, for each submission, what both moderators were told and what there is of it then."""
    setup_test_environment()
    author = MembershipFactory(contributes=True)
    pages = [ArticlePageFactory(organisations=[author.organisation], is_draft=True) for _ in range(ROUNDS)]
    for page in pages:
        services.submit(page, author.person, author.organisation)
    browsers = [Client(headers={"Accept-Language": "en"}) for _ in range(2)]
    for browser in browsers:
        browser.force_login(UserFactory(group="Moderators"))
    start = Barrier(len(browsers))

    def approve(browser: Client, page: Page) -> str:
        form = {"action": "approve", "revision": page.latest_revision_id}
        start.wait()
        response = browser.post(reverse("moderation_admin:review", args=[page.pk]), form)
        connection.close()
        return str(list(get_messages(response.wsgi_request))[-1])

    with ThreadPoolExecutor(len(browsers)) as pool:
        for page in Page.objects.filter(pk__in=[page.pk for page in pages]):
            mail.outbox.clear()
            told = sorted(pool.map(approve, browsers, [page] * len(browsers)))
            print(json.dumps({"told": told, **found(page)}))


def found(page: Page) -> dict[str, int | bool]:
    logged = PageLogEntry.objects.filter(page=page.pk)
    return {
        "live": Page.objects.get(pk=page.pk).live,
        "publications": logged.filter(action="wagtail.publish").count(),
        "journal": logged.filter(action="moderation.content.approve").count(),
        "news": Notification.objects.filter(kind="content.published", words__title=page.title).count(),
        "mails": len(mail.outbox),
    }


if __name__ == "__main__":
    main()
