"""Signing up, signing in and protecting the account, in a real browser, narrow."""

import re
import secrets
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from metropole.core.robots import FASTEST_SECONDS
from tests.accounts.people import PASSWORD

NARROW = 320
OPEN_SCREENS = ["account_login", "account_signup", "account_request_login_code", "account_reset_password",
                "account_reset_password_done", "account_reset_password_from_key_done", "account_inactive"]  # fmt: skip
OWN_SCREENS = ["account_profile", "account_email", "account_change_password", "account_reauthenticate",
               "account_logout", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
               "usersessions_list"]  # fmt: skip


def address(name: str, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(name)


def send(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"main form:visible [name={name}]").fill(value)
    with page.expect_navigation():
        page.locator("main form.form:visible button[type=submit]").first.click()


def faults(page: Page, axe: Axe, context: str | None = None) -> list[str]:
    """What axe finds on a page, or in a part of it."""
    found = axe.run(page, context).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def look(page: Page, axe: Axe) -> None:
    """Nothing overflows, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, page.url
    assert faults(page, axe) == [], page.url


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_someone_signs_up_signs_out_and_signs_in(open_page, code_for, axe, javascript):
    email = f"{secrets.token_hex(4)}@example.org"
    page = open_page(address("account_signup"), width=NARROW, javascript=javascript, signs_in=True)
    time.sleep(FASTEST_SECONDS + 1)
    send(page, first_name="Jeanne", last_name="Petit", email=email, password1="court")
    expect(page.locator("#id_password1")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_email")).to_have_value(email)
    if javascript:
        look(page, axe)
    send(page, password1=PASSWORD)
    if javascript:
        look(page, axe)
    send(page, code=code_for(email))
    expect(page).to_have_url(re.compile(address("workspace") + "$"))
    page.locator(".person summary").click()
    page.locator(".person button").click()
    expect(page.locator(".person")).not_to_contain_text("Jeanne")
    page.locator(".person a").click()
    send(page, login=email, password=PASSWORD)
    expect(page).to_have_url(re.compile("/fr/$"))
    expect(page.locator(".person summary")).to_contain_text("Jeanne")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_screen_is_accessible_and_narrow(open_page, axe, member, language):
    page = open_page(address("account_login", language), width=NARROW, signs_in=True)
    for name in OPEN_SCREENS:
        page.goto(address(name, language))
        look(page, axe)
    page.goto(address("account_login", language))
    send(page, login=member, password="faux")
    expect(page.locator("[role=alert]:visible")).to_be_visible()
    look(page, axe)
    send(page, login=member, password=PASSWORD)
    page.goto(address("mfa_activate_totp", language))
    look(page, axe)
    send(page, password=PASSWORD)
    for name in OWN_SCREENS:
        page.goto(address(name, language))
        look(page, axe)
    page.locator(".person summary").click()
    look(page, axe)


def test_a_passkey_is_added_and_then_opens_the_account_by_itself(browser, site_url, member, axe):
    # A passkey belongs to a host name; an address of numbers has none.
    context = browser.new_context(
        base_url=site_url.replace("127.0.0.1", "localhost"), viewport={"width": NARROW, "height": 900}
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(address("account_login"))
    send(page, login=member, password=PASSWORD)
    page.goto(address("mfa_add_webauthn"))
    send(page, password=PASSWORD)
    page.locator("[name=passwordless]").check()
    page.locator("#passkey_add").click()
    expect(page).to_have_url(re.compile(address("mfa_view_recovery_codes")))
    look(page, axe)
    for name in ("mfa_list_webauthn", "mfa_index", "mfa_generate_recovery_codes"):
        page.goto(address(name))
        look(page, axe)
    page.goto(address("mfa_list_webauthn"))
    for path in [link.get_attribute("href") for link in page.locator("main .actions a").all()]:
        page.goto(path)
        look(page, axe)
    context.clear_cookies()
    page.goto(address("account_login"))
    send(page, login=member, password=PASSWORD)
    expect(page).to_have_url(re.compile(address("mfa_authenticate")))
    look(page, axe)
    context.clear_cookies()
    page.goto(address("account_login"))
    page.locator("#passkey_login").click()
    expect(page).to_have_url(re.compile(address("workspace") + "$"))
    assert faults == []
    context.close()
