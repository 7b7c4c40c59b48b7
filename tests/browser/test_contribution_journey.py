"""The whole way of a practice, from the first visit of its author to its second version, each person in a browser."""

import re
import secrets
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from metropole.core.robots import FASTEST_SECONDS
from tests.accounts.people import PASSWORD, app_code
from tests.contributions.hostile import pdf

from .test_account import NARROW, look, send
from .test_contributing import STORY

FILE = pdf()
SCRIPT = """
from metropole.organisations.models import EmailDomain, Organisation
from tests.accounts.people import add_app, make_person
EmailDomain.objects.create(organisation=Organisation.objects.get(slug="meudon"), domain="DOMAIN")
print(add_app(make_person(email="moderator@DOMAIN", group="Moderators", language="LANGUAGE")))
"""


@dataclass(frozen=True)
class Start:
    """What there is before: a commune with an e-mail domain of its own, and a moderator with an authenticator app."""

    domain: str
    secret: str

    @property
    def agent(self) -> str:
        return f"agent@{self.domain}"

    @property
    def moderator(self) -> str:
        return f"moderator@{self.domain}"


@pytest.fixture
def start(run, language) -> Start:
    domain = f"{secrets.token_hex(4)}.example.org"
    script = SCRIPT.replace("DOMAIN", domain).replace("LANGUAGE", language)
    return Start(domain, run(script).strip())


def follow(page: Page, selector: str, **options: str) -> None:
    with page.expect_navigation():
        page.locator(selector, **options).first.click()


def sign_up(page: Page, email: str, code_for) -> None:
    time.sleep(FASTEST_SECONDS + 1)
    send(page, first_name="Jeanne", last_name="Petit", email=email, password1=PASSWORD)
    send(page, code=code_for(email))


def join(page: Page, name: str) -> None:
    page.locator("#name").fill(name)
    follow(page, "main form[role=search] button")
    follow(page, "main .plain button")
    expect(page.locator("h1")).to_have_text(name)


def write_practice(page: Page, title: str, summary: str) -> None:
    """Through the steps, forgetting what did not work."""
    page.locator("[name=kind][value=practice]").check()
    follow(page, "main form button")
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill(summary)
    page.locator("[name=themes]").first.check()
    follow(page, "[name=go_on]")
    for name, words in (STORY | {"what_did_not_work": ""}).items():
        page.locator(f"[name={name}]").fill(words)
    follow(page, "[name=go_on]")
    follow(page, "[name=go_on]")


def add_file(page: Page, title: str) -> None:
    page.locator("[name=upload]").set_input_files({"name": "Bilan.pdf", "mimeType": "application/pdf", "buffer": FILE})
    send(page, title=title)
    expect(page.locator("main .files")).to_contain_text(title)


def check(page: Page) -> None:
    """To the last step, from any other."""
    follow(page, "main .step-list li:last-child a")


def agree(page: Page) -> None:
    for box in page.locator("main form [type=checkbox]").all():
        box.check()
    send(page)


def sign_in_with_app(page: Page, email: str, secret: str) -> None:
    send(page, login=email, password=PASSWORD)
    send(page, code=app_code(secret))


def review(page: Page, title: str) -> None:
    page.goto(reverse("moderation_admin:queue"))
    follow(page, ".listing a", has_text=title)


def find(page: Page, search: str, words: str) -> list[str]:
    """The titles that a search gives."""
    page.goto(search)
    page.locator("main #q").fill(words)
    page.locator("main #q").press("Enter")
    page.wait_for_url("**?q=*")
    page.wait_for_load_state("networkidle")
    return page.locator("main .card h3").all_inner_texts()


@pytest.mark.parametrize(
    ("language", "javascript"), [("fr", True), ("en", False)], ids=["french-with-javascript", "english-without"]
)
def test_a_practice_from_its_authors_first_visit_to_its_second_version(
    open_page, start, at, axe, code_for, last_mail_to, language, javascript
):
    seen = look if javascript else (lambda page, axe: None)
    title, first, second = (f"{word} {secrets.token_hex(4)}" for word in ("Microforêt", "premier", "second"))

    agent = open_page(at("account_signup"), width=NARROW, javascript=javascript, signs_in=True)
    sign_up(agent, start.agent, code_for)
    agent.goto(at("organisations:join"))
    join(agent, "Meudon")
    agent.goto(at("contributions:new"))
    write_practice(agent, title, f"Le {first} essai.")
    add_file(agent, "Bilan")
    check(agent)
    follow(agent, "main .plain a")
    expect(agent.locator("#id_what_did_not_work")).to_have_attribute("aria-invalid", "true")
    agent.locator("[name=what_did_not_work]").fill(STORY["what_did_not_work"])
    follow(agent, "[name=go_on]")
    check(agent)
    send(agent)
    agree(agent)
    send(agent)
    expect(agent.locator(".messages")).to_be_visible()

    moderator = open_page(at("account_login"), javascript=javascript)
    sign_in_with_app(moderator, start.moderator, start.secret)
    review(moderator, title)
    moderator.locator("[name=request_changes-0-field]").select_option("results")
    moderator.locator("[name=request_changes-0-reason]").fill("Dites combien.")
    follow(moderator, "[value=request_changes]")
    search = at("search:search")
    visitor = open_page(search, width=NARROW, javascript=javascript)
    assert find(visitor, search, title) == []

    agent.goto(urlsplit(re.search(r"http://\S+", last_mail_to(start.agent))[0]).path)
    expect(agent.locator("main")).to_contain_text("Dites combien.")
    seen(agent, axe)
    follow(agent, "main form.form button")
    follow(agent, "main .plain a")
    seen(agent, axe)
    expect(agent.locator("main .asked")).to_contain_text("Dites combien.")
    agent.locator("[name=results]").fill("Quarante arbres.")
    follow(agent, "[name=go_on]")
    check(agent)
    send(agent)

    review(moderator, title)
    expect(moderator.locator("main")).to_contain_text("Quarante arbres.")
    follow(moderator, "[value=approve]")

    assert find(visitor, search, title) == [title]
    follow(visitor, "main .card h3 a")
    expect(visitor.locator("main")).to_contain_text("Quarante arbres.")
    seen(visitor, axe)
    published = visitor.url
    with visitor.expect_download() as download:
        visitor.locator("main a[download]").click()
    assert download.value.path().read_bytes() == FILE

    agent.goto(at("contributions:index"))
    follow(agent, "main a", has_text=title)
    follow(agent, "main form.form button")
    agent.locator("[name=summary]").fill(f"Le {second} essai.")
    follow(agent, "[name=go_on]")
    check(agent)
    send(agent)
    assert find(visitor, search, second) == []
    visitor.goto(published)
    expect(visitor.locator("main")).to_contain_text(first)
    expect(visitor.locator("main")).not_to_contain_text(second)

    review(moderator, title)
    for words in (first, second):
        expect(moderator.locator("main .listing")).to_contain_text(words)
    follow(moderator, "[value=approve]")
    assert find(visitor, search, second) == [title]
    follow(visitor, "main .card h3 a")
    expect(visitor).to_have_url(published)
    expect(visitor.locator("main")).to_contain_text(second)
    expect(visitor.locator("main")).not_to_contain_text(first)
    expect(visitor.locator("main a[download]")).to_have_count(1)
    assert visitor.context.cookies() == []
