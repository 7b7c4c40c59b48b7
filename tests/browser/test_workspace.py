"""The workspace in a real browser, narrow: news, favourites and collections, one's data, to the account's end."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.people import PASSWORD

from .test_account import address, look, send

SCREENS = ["workspace", "notifications:list", "notifications:preferences", "favourites:list", "my_data"]


@pytest.fixture
def reader(run, member) -> str:
    """The address of somebody who has been told some things."""
    run(f"""
from metropole.accounts.models import User
from metropole.accounts.notices import UNUSED
from metropole.notifications.services import notify
reader = User.objects.get(email={member!r})
for number in range(22):
    notify([reader], UNUSED.name, f"news:{{number}}", ("my_data",), day=f"{{number}} mai")
""")
    return member


@pytest.fixture
def open_workspace(open_page, reader):
    def open_workspace(language: str = "fr", *, javascript: bool = True) -> Page:
        page = open_page(address("account_login", language), width=320, javascript=javascript, signs_in=True)
        send(page, login=reader, password=PASSWORD)
        page.goto(address("workspace", language))
        return page

    return open_workspace


def submit(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def first_project(page: Page) -> str:
    page.goto("/fr/recherche/?type=project")
    path = page.locator(".card h3 a").first.get_attribute("href")
    page.goto(path)
    return path


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_screen_is_accessible_and_narrow(open_workspace, axe, language):
    page = open_workspace(language)
    for name in SCREENS:
        page.goto(address(name, language))
        look(page, axe)
    page.goto(address("close_account", language))
    send(page, password=PASSWORD)
    look(page, axe)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_news_is_read_favourites_are_filed_and_choices_made(open_workspace, axe, javascript):
    page = open_workspace(javascript=javascript)
    expect(page.locator(".person .unread")).to_contain_text("22")
    page.get_by_role("link", name=re.compile(r"\d+ mai")).first.click()
    expect(page).to_have_url(re.compile(address("my_data") + "$"))
    expect(page.locator(".person .unread")).to_contain_text("21")
    page.goto(address("notifications:list"))
    submit(page, "Tout marquer comme lu")
    expect(page.locator(".person .unread")).to_have_count(0)

    project = first_project(page)
    title = page.locator("h1").inner_text()
    submit(page, "Garder dans mes favoris")
    expect(page).to_have_url(re.compile(re.escape(project) + "$"))
    if javascript:
        look(page, axe)
    page.goto(address("favourites:list"))
    send(page, name="À lire")
    page.get_by_role("link", name=re.compile("Ranger ou annoter")).first.click()
    page.locator("main select").select_option(label="À lire")
    send(page, note="Appeler la mairie")
    page.get_by_role("link", name="À lire").click()
    expect(page.locator("main")).to_contain_text("Appeler la mairie")
    expect(page.locator("main")).to_contain_text(title)
    if javascript:
        look(page, axe)

    page.goto(address("notifications:preferences"))
    page.locator("main [type=radio][value=daily]").first.check()
    send(page)
    expect(page.locator("main [type=radio][value=daily]").first).to_be_checked()


def test_the_keyboard_alone_files_a_favourite(open_workspace):
    page = open_workspace()
    first_project(page)
    page.get_by_role("button", name="Garder dans mes favoris").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(address("favourites:list"))
    page.locator("main [name=name]").focus()
    page.keyboard.type("Clavier")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Ranger ou annoter")).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("main select").focus()
    page.keyboard.type("Clav")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("link", name="Clavier").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Clavier")
    expect(page.locator("main .plain li")).to_have_count(1)


def test_an_account_is_closed_and_its_owner_is_a_visitor_again(open_workspace, environment, reader):
    page = open_workspace()
    page.goto(address("close_account"))
    send(page, password=PASSWORD)
    page.locator("main [type=checkbox]").check()
    send(page)
    expect(page.locator(".messages")).to_contain_text("Votre compte est fermé")
    expect(page.locator("details.person")).to_have_count(0)
    page.goto(address("workspace"))
    expect(page).to_have_url(re.compile(address("account_login")))
    folder = Path(environment["EMAIL_URL"].removeprefix("filemail:///"))
    assert any(f"To: {reader}" in letter.read_text() for letter in folder.iterdir())
