"""An editor clears the queue with the keyboard alone; what readers and contributors meet is accessible and narrow."""

import json
import re
import secrets
import time

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from metropole.core.robots import FASTEST_SECONDS
from tests.accounts.people import PASSWORD

from .test_account import address, faults, look, send

MOST_TABS = 150
SCRIPT = """
import json
from django.utils import timezone
from metropole.moderation import accuracy, deletion, reports, services
from metropole.organisations.models import Membership, Organisation
from resources.models import ArticlePage, ProjectPage, ResourceIndexPage
from tests.accounts.people import make_person

moderator = make_person(email="moderator-TAG@example.org", group="Moderators")
author = make_person(email="author-TAG@example.org")
commune = Organisation.objects.filter(kind="commune").first()
Membership.objects.create(person=author, organisation=commune, state="active", contributes=True)
section = ResourceIndexPage.objects.get(locale__language_code="fr")

def article(number):
    page = ArticlePage(title=f"Article TAG {number}", slug=f"article-TAG-{number}", summary="Court.", live=False)
    page.organisations = [commune]
    section.add_child(instance=page)
    page.save_revision()
    return page

drafts = [article(number) for number in range(4)]
for page in drafts[:2]:
    services.submit(page, author, commune)
for page in drafts[2:]:
    page.get_latest_revision().publish()
    page.refresh_from_db()
online, unwanted = drafts[2:]
reports.receive(reports.find_page(online.pk), kind="fact", text="Faux.", email="", language="fr")
deletion.ask(unwanted, author, commune, "Le service a fermé.")
company = Organisation.objects.create(name="Capteurs TAG", slug="capteurs-TAG", kind="startup", verification="waiting",
                                      verification_asked_at=timezone.now())
print(json.dumps({"moderator": moderator.email, "author": author.email, "online": online.pk, "url": online.url,
                  "drafts": [page.pk for page in drafts], "company": company.pk,
                  "token": accuracy.link_token(online, author)}))
"""


@pytest.fixture
def people(run) -> dict:
    """A moderator, an author, a page that is online, and one of each thing that waits for a decision."""
    return json.loads(run(SCRIPT.replace("TAG", secrets.token_hex(4))))


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


def decide(page: Page, *, is_to_be_changed: bool) -> None:
    """Whatever waits on this screen, and by the keyboard."""
    if page.locator("[value=verify]").count():
        press(page, "[value=verify]")
        page.goto(reverse("moderation_admin:queue"))
    elif page.locator("[name=close-reason]").count():
        tab_to(page, "[name=close-reason]")
        page.keyboard.type("Corrigé.")
        press(page, "[value=close]")
    elif is_to_be_changed:
        tab_to(page, "[name=request_changes-0-reason]")
        page.keyboard.type("Dites combien.")
        press(page, "[value=request_changes]")
    else:
        press(page, "[value=approve], [value=grant]")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_an_editor_clears_the_queue_with_the_keyboard(open_page, run, axe, people, javascript):
    """To its end, with what other tests have left in it: each decision leads to the next thing that waits."""
    page = open_page(address("account_login"), javascript=javascript, signs_in=True)
    send(page, login=people["moderator"], password=PASSWORD)
    queue = reverse("moderation_admin:queue")
    to_be_changed = reverse("moderation_admin:review", args=people["drafts"][1:2])
    page.goto(queue)
    while page.locator(".listing tbody a").count() or not page.url.endswith(queue):
        if javascript:
            assert faults(page, axe, "main dl, main form, main .listing") == []
        if page.url.endswith(queue):
            press(page, ".listing tbody a")
        else:
            decide(page, is_to_be_changed=page.url.endswith(to_be_changed))
    expect(page.locator("main")).to_contain_text("Rien n’attend")
    states = run(
        "from metropole.moderation.states import state_of\nfrom metropole.organisations.models import Organisation\n"
        "from wagtail.models import Page\n"
        f"print(*[state_of(Page.objects.get(pk=pk)).value for pk in {people['drafts']}])\n"
        f"print(Organisation.objects.get(pk={people['company']}).verification)",
    )
    assert states.split() == ["published", "changes_requested", "published", "removed", "verified"]


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
def test_what_contributors_meet_is_accessible_and_narrow(open_page, axe, people, language, run):
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
    run(grant)
    page.goto(people["url"])
    expect(page.locator("main")).to_contain_text("Le service a fermé.")
    look(page, axe)
