"""An agent contributes a practice with a file, narrow, in both languages. Without JavaScript: the whole journey."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from tests.accounts.people import PASSWORD
from tests.contributions.hostile import pdf

from .test_account import NARROW, look, send

STORY = {
    "context": "Une place.",
    "actions": "- compter\n- peindre",
    "results": "Mieux.",
    "what_did_not_work": "La pluie.",
}


@pytest.fixture
def agent(run, member) -> str:
    """The address of somebody who contributes for a commune of the demonstration."""
    run(f"""
from metropole.accounts.models import User
from metropole.organisations.models import Membership, Organisation
commune = Organisation.objects.filter(kind="commune").first()
person = User.objects.get(email={member!r})
Membership.objects.create(person=person, organisation=commune, state="active", contributes=True)
""")
    return member


@pytest.fixture
def drafts(run, agent) -> dict[str, int]:
    """A practice and a feedback that the agent has begun."""
    script = f"""
import json
from metropole.accounts.models import User
from metropole.contributions.kinds import kind_named
from metropole.contributions.services import begin
from resources.models import PracticePage, ResourceIndexPage
user = User.objects.get(email={agent!r})
commune = user.memberships.get().organisation
section = ResourceIndexPage.objects.get(locale__language_code="fr")
practice = PracticePage(title="Un comptoir", slug="comptoir-" + {agent!r}[:8], summary="Court.", **{STORY!r})
section.add_child(instance=practice)
print(json.dumps({{"practice": begin(kind_named("practice"), commune, user).pk,
                   "feedback": begin(kind_named("feedback"), commune, user, practice).pk}}))
"""
    return json.loads(run(script))


def at(name: str, language: str, *args: object) -> str:
    with translation.override(language):
        return reverse(name, args=args)


def press(page: Page, name: str = "go_on") -> None:
    with page.expect_navigation():
        page.locator(f"main form button[name={name}]").click()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_agent_contributes_a_practice_with_a_file(open_page, axe, agent, language):
    page = open_page(at("account_login", language), width=NARROW, signs_in=True)
    send(page, login=agent, password=PASSWORD)
    page.goto(at("contributions:new", language))
    look(page, axe)
    page.locator("[name=kind][value=practice]").check()
    page.locator("[name=organisation]").first.check()
    with page.expect_navigation():
        page.locator("main form button").click()
    page.locator("[name=title]").fill("Parking intelligent sur la place")
    page.locator("[name=summary]").fill("Des capteurs disent où il y a de la place.")
    page.locator("[name=themes]").first.check()
    expect(page.locator("[data-close] li").first).to_be_visible()
    expect(page.locator("[data-said]")).to_contain_text(re.compile(r"\d"), timeout=15_000)
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("Parking intelligent sur la place")
    look(page, axe)
    press(page)
    for name, words in STORY.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=what_did_not_work]").fill("")
    press(page)
    press(page)
    page.locator("[name=upload]").set_input_files({"name": "Bilan.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.locator("[name=title]").fill("Bilan")
    look(page, axe)
    with page.expect_navigation():
        page.locator("main form button").click()
    expect(page.locator("main .files")).to_contain_text("Bilan")
    with page.expect_navigation():
        page.locator("main .step-list a").last.click()
    look(page, axe)
    with page.expect_navigation():
        page.locator("main .plain a").click()
    expect(page.locator("#id_what_did_not_work")).to_have_attribute("aria-invalid", "true")
    look(page, axe)
    page.locator("#id_what_did_not_work").fill(STORY["what_did_not_work"])
    press(page)
    page.locator("main .step-list a").last.click()
    with page.expect_navigation():
        page.locator("main form.form button").click()
    # The terms are agreed to once, before the first sending.
    for box in page.locator("main form [type=checkbox]").all():
        box.check()
    with page.expect_navigation():
        page.locator("main form.form button").click()
    with page.expect_navigation():
        page.locator("main form.form button").click()
    expect(page.locator(".messages")).to_be_visible()
    look(page, axe)
    page.locator("main a[href*='preview'], main a[href*='apercu']").click()
    expect(page.locator("main")).to_contain_text("La pluie.")


def test_a_step_is_filled_in_and_saved_with_the_keyboard_alone(open_page, agent):
    page = open_page(at("account_login", "fr"), width=NARROW, signs_in=True)
    send(page, login=agent, password=PASSWORD)
    page.goto(at("contributions:new", "fr"))
    page.locator("[name=kind]").first.focus()
    page.keyboard.press("Space")
    page.locator("[name=organisation]").first.focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("[name=title]").focus()
    page.keyboard.type("Au clavier")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[name=context]")).to_be_visible()


def with_old_token(page: Page) -> None:
    """As if the page had been open for longer than the session."""
    page.locator("[data-autosave] [name=csrfmiddlewaretoken]").evaluate("field => { field.value = 'x'.repeat(64) }")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_interrupts_the_writing_is_accessible_and_narrow(open_page, axe, agent, drafts, language):
    page = open_page(at("account_login", language), width=NARROW, signs_in=True)
    send(page, login=agent, password=PASSWORD)
    page.goto(at("contributions:step", language, drafts["feedback"], 1))
    look(page, axe)
    path = at("contributions:step", language, drafts["practice"], 2)
    page.goto(path)
    other = page.context.new_page()
    other.goto(path)
    other.locator("[name=context]").fill("Une place, et la moitié des voitures.")
    press(other)
    page.locator("[name=context]").fill("Une place, et un tiers des voitures.")
    press(page)
    expect(page.locator("main .version")).to_have_count(2)
    look(page, axe)
    with page.expect_navigation():
        page.locator("main form.form button").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    look(page, axe)
    page.goto(path)
    with_old_token(page)
    press(page)
    expect(page.locator("main [role=alert]")).to_be_visible()
    look(page, axe)
    page.locator("[name=context]").fill("Une place, et rien de perdu.")
    with_old_token(page)
    page.context.clear_cookies(name="sessionid")
    press(page)
    expect(page.locator("main textarea[readonly]").first).to_have_value("Une place, et rien de perdu.")
    look(page, axe)


def test_what_the_automatic_saving_says_stays_in_sight(open_page, agent, drafts):
    page = open_page(at("account_login", "fr"), width=NARROW, signs_in=True)
    send(page, login=agent, password=PASSWORD)
    page.goto(at("contributions:step", "fr", drafts["practice"], 2))
    page.locator("[name=context]").fill("Une place.")
    expect(page.locator("[data-said]")).to_contain_text(re.compile(r"\d"), timeout=15_000)
    page.locator("[name=context]").scroll_into_view_if_needed()
    expect(page.locator("[data-said]")).to_be_in_viewport()
