"""An editor clears the queue with the keyboard alone; what readers and contributors meet is accessible and narrow."""

import json
import re
import secrets
import subprocess
import sys
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from metropole.core.robots import FASTEST_SECONDS

from .test_account import PASSWORD, address, look, send

MOST_TABS = 150
SCRIPT = """
import json
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from metropole.accounts.models import User
from metropole.moderation import accuracy, deletion, reports, services
from metropole.organisations.models import Membership, Organisation
from resources.models import ArticlePage, ProjectPage, ResourceIndexPage

def person(name):
    user = User.objects.create_user(f"{name}@example.org", "PASSWORD", first_name="Awa")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user

moderator, author = person("moderator-TAG"), person("author-TAG")
moderator.groups.add(Group.objects.get(name="Moderators"))
commune = Organisation.objects.filter(kind="commune").first()
Membership.objects.create(person=author, organisation=commune, state="active", contributes=True)
section = ResourceIndexPage.objects.get(locale__language_code="fr")

def article(number):
    page = ArticlePage(title=f"Article TAG {number}", slug=f"article-TAG-{number}", summary="Court.", live=False)
    page.organisations = [commune]
    section.add_child(instance=page)
    page.save_revision()
    return page

drafts = [article(number) for number in range(3)]
for page in drafts[:2]:
    services.submit(page, author, commune)
online = drafts[2]
online.get_latest_revision().publish()
online.refresh_from_db()
reports.receive(reports.find_page(online.pk), kind="fact", text="Faux.", email="", language="fr")
print(json.dumps({"moderator": moderator.email, "author": author.email, "online": online.pk, "url": online.url,
                  "drafts": [page.pk for page in drafts[:2]], "token": accuracy.link_token(online, author)}))
"""


@pytest.fixture(scope="module")
def axe() -> Axe:
    return Axe()


def run(environment, script: str) -> str:
    manage = [sys.executable, str(settings.ROOT / "manage.py")]
    done = subprocess.run([*manage, "shell", "-v", "0", "-c", script], env=environment, check=True, capture_output=True)
    return done.stdout.decode()


@pytest.fixture
def people(environment, site_url) -> dict:
    """A moderator, an author, what the author has submitted, and a page that is online."""
    script = SCRIPT.replace("TAG", secrets.token_hex(4)).replace("PASSWORD", PASSWORD)
    return json.loads(run(environment, script).splitlines()[-1])


def tab_to(page: Page, selector: str) -> None:
    """Presses the tabulator until something has the focus."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector} of {page.url}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press(key)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_an_editor_clears_the_queue_with_the_keyboard(open_page, environment, axe, people, javascript):
    page = open_page(address("account_login"), javascript=javascript, signs_in=True)
    send(page, login=people["moderator"], password=PASSWORD)
    page.goto(reverse("moderation_admin:queue"))
    first, second = (reverse("moderation_admin:review", args=[pk]) for pk in people["drafts"])
    if javascript:
        found = axe.run(page, context="main .listing").response["violations"]
        assert [fault["id"] for fault in found] == []
    press(page, f"a[href='{first}']")
    press(page, "button[value=approve]")
    page.goto(second)
    if javascript:
        found = axe.run(page, context="main form, main .listing").response["violations"]
        assert [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]] == []
    tab_to(page, "textarea[name=request_changes-0-reason]")
    page.keyboard.type("Dites combien.")
    press(page, "button[value=request_changes]")
    page.goto(reverse("moderation_admin:queue"))
    left = page.locator(".listing tbody tr").filter(has_text="Article").locator("a[href*='/reports/']")
    press(page, f"a[href='{left.last.get_attribute('href')}']")
    tab_to(page, "textarea[name=close-reason]")
    page.keyboard.type("Corrigé.")
    press(page, "button[value=close]")
    states = run(
        environment,
        "from metropole.moderation.states import state_of\nfrom wagtail.models import Page\n"
        f"print(*[state_of(Page.objects.get(pk=pk)).value for pk in {people['drafts']}])",
    )
    assert states.split() == ["published", "changes_requested"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_reader_reports_an_error(open_page, axe, people, javascript, language):
    with translation.override(language):
        form = reverse("moderation:report_error", args=["page", people["online"]])
        thanks = reverse("moderation:report_received")
        confirmation = reverse("moderation:confirm_by_link", args=[people["token"]])
    page = open_page(form, width=320, javascript=javascript)
    if javascript:
        look(page, axe)
    time.sleep(FASTEST_SECONDS + 1)
    send(page)
    expect(page.locator("#id_text")).to_have_attribute("aria-invalid", "true")
    if javascript:
        look(page, axe)
    page.locator("[name=kind]").first.check()
    time.sleep(FASTEST_SECONDS + 1)
    send(page, text="Le prix est faux.")
    expect(page).to_have_url(re.compile(re.escape(thanks)))
    if javascript:
        look(page, axe)
        page.goto(confirmation)
        look(page, axe)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_contributors_meet_is_accessible_and_narrow(open_page, axe, people, language, environment):
    page = open_page(address("account_login", language), width=320, signs_in=True)
    send(page, login=people["author"], password=PASSWORD)
    with translation.override(language):
        screens = [reverse("moderation:accuracy"), reverse("moderation:ask_removal", args=[people["online"]])]
    for screen in [*screens, people["url"]]:
        page.goto(screen)
        look(page, axe)
    page.goto(screens[1])
    send(page, reason="Le service a fermé.")
    expect(page.locator(".messages")).to_be_visible()
    grant = f"""
from django.contrib.auth import get_user_model
from metropole.moderation import deletion
from metropole.moderation.models import DeletionRequest
asked = DeletionRequest.objects.get(page={people["online"]})
deletion.grant(asked, get_user_model().objects.get(email={people["moderator"]!r}))
"""
    run(environment, grant)
    page.goto(people["url"])
    expect(page.locator("main")).to_contain_text("Le service a fermé.")
    look(page, axe)
