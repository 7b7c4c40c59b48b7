"""A carrier writes the sheet of its solution on a narrow screen, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.accounts.people import PASSWORD

from .test_account import NARROW, look, send
from .test_contributing import at, press


@pytest.fixture
def carrier(run, member) -> str:
    """The address of somebody who contributes for a company."""
    run(f"""
from metropole.accounts.models import User
from metropole.organisations.models import Membership, Organisation
company = Organisation.objects.create(kind="startup", name="Parcours {member}", slug={member.split("@")[0]!r})
person = User.objects.get(email={member!r})
Membership.objects.create(person=person, organisation=company, state="active", contributes=True)
""")
    return member


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_carrier_fills_in_lines_and_gets_more_of_them_by_saving(open_page, axe, carrier, javascript):
    page = open_page(at("account_login", "fr"), width=NARROW, javascript=javascript, signs_in=True)
    seen = look if javascript else (lambda page, axe: None)
    send(page, login=carrier, password=PASSWORD)
    page.goto(at("contributions:new", "fr"))
    page.locator("[name=kind][value=solution]").check()
    page.locator("[name=organisation]").first.check()
    with page.expect_navigation():
        page.locator("main form button").click()
    page.locator(".step-list a").nth(3).click()
    page.locator("[name=contains_ai]").select_option("True")
    page.locator("[name=techniques][value=vision]").check()
    lines = page.locator("[name^=ai_models-][name$=-name]")
    expect(lines).to_have_count(2)
    for number in range(2):
        page.locator(f"[name=ai_models-{number}-name]").fill(f"Modèle {number}")
    seen(page, axe)
    page.locator("[name=data_sources-0-name]").fill("Images de rue")
    with page.expect_navigation():
        page.locator("main form button.quiet").click()
    expect(page.locator("#id_data_sources")).to_be_visible()
    expect(page.locator(".field-wrong")).to_have_count(1)
    seen(page, axe)
    page.locator("[name=data_sources-0-use]").select_option("input")
    press(page)
    page.locator(".step-list a").nth(3).click()
    expect(lines).to_have_count(4)
    expect(page.locator("[name=ai_models-1-name]")).to_have_value("Modèle 1")
    expect(page.locator("[name=data_sources-0-use]")).to_have_value("input")
    width = page.evaluate("document.documentElement.scrollWidth") if javascript else NARROW
    assert width <= NARROW
    page.locator(".step-list a").last.click()
    seen(page, axe)
