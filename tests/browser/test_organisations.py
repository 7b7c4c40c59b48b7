"""Agents and companies find their place, in a real browser, narrow, with and without JavaScript."""

import re
import secrets

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from tests.accounts.people import PASSWORD

from .test_account import NARROW, look

SIRENS = iter(["552100554", "732829320", "443061841", "542051180"])
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])


@pytest.fixture
def make_person(run):
    def make_person(domain: str = "example.org", group: str = "") -> str:
        email = f"{secrets.token_hex(4)}@{domain}"
        run(f"""
from tests.accounts.people import make_person
make_person(email={email!r}, group={group!r} or None, first_name="Jeanne", last_name="Petit")
""")
        return email

    return make_person


def address(name: str, *args: object, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def sign_in(open_page, email: str, **options) -> Page:
    page = open_page(address("account_login"), width=NARROW, signs_in=True, **options)
    page.locator("main [name=login]:visible").fill(email)
    page.locator("main [name=password]:visible").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form.form:visible button[type=submit]").first.click()
    return page


def press(page: Page, selector: str) -> None:
    """Activates a button with the keyboard."""
    with page.expect_navigation():
        page.locator(selector).first.press("Enter")


@BOTH
def test_an_agent_joins_by_the_domain_of_the_commune(open_page, run, make_person, axe, javascript):
    domain = f"{secrets.token_hex(4)}.example.org"
    run(f"""
from metropole.organisations.models import EmailDomain, Organisation
EmailDomain.objects.create(organisation=Organisation.objects.get(slug="meudon"), domain={domain!r})
""")
    page = sign_in(open_page, make_person(domain), javascript=javascript)
    page.goto(address("organisations:join"))
    page.locator("#name").fill("meudo")
    press(page, "#name")
    if javascript:
        look(page, axe)
    press(page, "main .plain button")
    expect(page).to_have_url(re.compile(address("organisations:home", "meudon") + "$"))
    expect(page.locator("h1")).to_have_text("Meudon")
    if javascript:
        look(page, axe)


@pytest.mark.parametrize(
    ("language", "javascript"), [("fr", True), ("en", False)], ids=["french-with-javascript", "english-without"]
)
def test_a_company_registers_and_is_verified(open_page, make_person, axe, language, javascript):
    name = f"Capteurs {secrets.token_hex(3)}"
    page = sign_in(open_page, make_person(), javascript=javascript)
    page.goto(address("organisations:register", language=language))
    siren = next(SIRENS)
    page.locator("#id_name").fill(name)
    page.locator("#id_kind").select_option("startup")
    page.locator("#id_number").fill("123")
    page.locator("#id_sector").select_option("J")
    page.locator("#id_size").select_option("micro")
    page.locator("#id_town").fill("Bondy")
    page.locator("#id_postal_code").fill("93140")
    press(page, "main form.form button[type=submit]")
    expect(page.locator("#id_number")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_name")).to_have_value(name)
    if javascript:
        look(page, axe)
    page.locator("#id_number").fill(siren)
    press(page, "main form.form button[type=submit]")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("main p.notice")).to_have_count(2)
    directory = address("organisations:directory", language=language)
    visitor = open_page(directory, width=NARROW, javascript=javascript)
    expect(visitor.locator("main")).not_to_contain_text(name)
    editor = sign_in(open_page, make_person(group="Editors"))
    editor.goto(address("organisations_admin:queue"))
    row = editor.locator("tr", has_text=name)
    with editor.expect_navigation():
        row.locator("[value=verify]").press("Enter")
    page.reload()
    expect(page.locator("main p.notice")).to_have_count(0)
    visitor.goto(f"{directory}?territory=bondy&kind=startup")
    expect(visitor.locator("main .cards")).to_contain_text(name)
    if javascript:
        look(visitor, axe)
    with visitor.expect_navigation():
        visitor.locator("main .cards a", has_text=name).click()
    expect(visitor.locator("main")).to_contain_text("93140 Bondy")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_screen_is_accessible_and_narrow(open_page, run, make_person, axe, language):
    email = make_person()
    run(f"""
from metropole.accounts.models import User
from metropole.organisations import invitations, joining
from metropole.organisations.models import Membership, Organisation
def user(email): return User.objects.get(email=email)
sceaux, meudon = (Organisation.objects.get(slug=slug) for slug in ("sceaux", "meudon"))
person, editor = user({email!r}), user("administration@demo.example.org")
Membership.objects.create(person=person, organisation=sceaux, state="active", owns=True)
Membership.objects.get_or_create(person=user("moderation@demo.example.org"), organisation=sceaux, state="active")
joining.ask(user("porteur@demo.example.org"), sceaux)
invitations.invite(sceaux, "somebody-else." + {email!r}, ["contributes"], person)
invitations.invite(meudon, {email!r}, ["contributes"], editor)
""")
    page = sign_in(open_page, email)
    names = ["mine", "join", "register", "accept_texts", "directory", "charter", "terms"]
    paths = [address(f"organisations:{name}", language=language) for name in names]
    own = ("home", "edit", "members", "invite", "leave")
    paths += [address(f"organisations:{name}", "sceaux", language=language) for name in own]
    paths.append(address("organisations:detail", "societe-exemple", language=language))
    for path in paths:
        page.goto(path)
        look(page, axe)
    for name, selector in (("members", "main .plain a"), ("mine", "main .plain a")):
        args = ["sceaux"] if name == "members" else []
        path = address(f"organisations:{name}", *args, language=language)
        page.goto(path)
        for link in [one.get_attribute("href") for one in page.locator(selector).all()]:
            page.goto(link)
            look(page, axe)
