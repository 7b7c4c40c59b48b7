"""The demonstration as a newcomer gets it, in a real browser."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from tests.accounts.people import PASSWORD

from .test_account import look, send

USELESS = (
    # Pages of the browser's own that it prepares for each window: two thirds of what a window costs.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    # What Playwright disables, in whose place this stands.
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades", "LensOverlay", "MediaRouter", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)  # fmt: skip
ARGUMENTS = [
    f"--disable-features={','.join(USELESS)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60
AFTER_A_MAIL = b"\n" + 79 * b"-" + b"\n"
"""What the tests' postman writes between two."""


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = shutil.which("chromium")
    if path is None:
        assert not os.environ.get("CI"), "CI must have chromium"
        pytest.skip("chromium is not installed: apt install chromium")
    return path


@pytest.fixture(scope="session")
def environment(chromium_path, tmp_path_factory) -> Iterator[dict[str, str]]:
    """The demonstration's own: all embedded, or with the tests' PostgreSQL a database of that server."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "metropole.settings.dev",
        "VAR_DIR": str(tmp_path_factory.mktemp("demo")),
        "EMAIL_URL": f"filemail:///{tmp_path_factory.mktemp('mail')}",
    }
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        environment.pop("DATABASE_URL", None)
        environment.pop("ELASTICSEARCH_URL", None)
        yield environment
        return
    name = f"demo_{secrets.token_hex(4)}"
    url = urlsplit(environment["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield environment | {"DATABASE_URL": url, "ELASTICSEARCH_PREFIX": name}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    if "ELASTICSEARCH_URL" in environment:
        _drop_indexes(environment["ELASTICSEARCH_URL"].rstrip("/"), name)


@pytest.fixture(scope="session")
def site_url(environment) -> Iterator[str]:
    """Builds the demonstration with its own command and serves it until the tests end."""
    manage = [sys.executable, str(settings.ROOT / "manage.py")]
    subprocess.run([*manage, "demo", "--no-serve"], env=environment, check=True, capture_output=True)
    address = f"127.0.0.1:{_free_port()}"
    server = subprocess.Popen(
        [*manage, "runserver", "--noreload", address],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def run(environment, site_url) -> Iterator[Callable[[str], str]]:
    """Runs some lines in the demonstration's own shell; gives what they print."""
    shell = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.shell"],
        cwd=settings.ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def run(script: str) -> str:
        print(json.dumps(script), file=shell.stdin, flush=True)
        answer = json.loads(shell.stdout.readline())
        assert not answer["failed"], answer["failed"]
        return answer["printed"]

    yield run
    shell.communicate()


@pytest.fixture
def member(run) -> str:
    """The address of somebody who can sign in."""
    email = f"{secrets.token_hex(4)}@example.org"
    run(f"""
from tests.accounts.people import make_person
make_person(email={email!r}, first_name="Jeanne", last_name="Petit")
""")
    return email


@pytest.fixture(scope="session")
def axe() -> Axe:
    return Axe()


@pytest.fixture(scope="session")
def browser(chromium_path, django_db_setup) -> Iterator[Browser]:
    # Playwright's event loop stays in this thread, where the other tests of this process use the database. Meanwhile
    # they have connections of their own, which nobody else would close before that database is dropped.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        connections.close_all()
        browser.close()


@pytest.fixture
def open_page(browser, site_url):
    """Opens pages of the site; fails the test if one breaks the content security policy, errs, or sets a cookie.

    ``signs_in``: the cookies of somebody who signs in are expected, and no other.
    """
    contexts = []
    expected: set[str] = set()
    faults: list[str] = []

    def open_page(path: str, *, width: int = 1280, javascript: bool = True, signs_in: bool = False, **options) -> Page:
        expected.update(("csrftoken", "messages", "sessionid") if signs_in else ())
        context = browser.new_context(
            base_url=site_url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="fr-FR",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: _same_site(request.url, site_url, faults))
        page.goto(path)
        return page

    yield open_page
    cookies = {cookie["name"] for context in contexts for cookie in context.cookies()}
    for context in contexts:
        context.close()
    assert faults == []
    assert cookies <= expected


@pytest.fixture
def domain() -> str:
    """Of the e-mail addresses of one story's people."""
    return f"{secrets.token_hex(4)}.example.org"


@pytest.fixture
def at(language):
    """The address of a screen, in the language of the story."""

    def at(name: str, *args: object) -> str:
        with translation.override(language):
            return reverse(name, args=args)

    return at


@pytest.fixture
def enter(open_page, at, domain, javascript):
    """Somebody's browser, signed in."""

    def enter(name: str, **options) -> Page:
        page = open_page(at("account_login"), javascript=javascript, signs_in=True, **options)
        send(page, login=f"{name}@{domain}", password=PASSWORD)
        return page

    return enter


@pytest.fixture
def seen(javascript, axe):
    """Looks at a screen, where the browser runs the script that does."""
    return (lambda page: look(page, axe)) if javascript else (lambda page: None)


@pytest.fixture(scope="session")
def last_mail_to(environment):
    """The text of the last message to somebody."""
    folder = Path(environment["EMAIL_URL"].removeprefix("filemail:///"))

    def last_mail_to(address: str) -> str:
        files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        mails = (message_from_bytes(text, policy=default) for path in files for text in _mails_in(path))
        return next(mail for mail in mails if mail["To"] == address).get_content()

    return last_mail_to


@pytest.fixture(scope="session")
def code_for(last_mail_to):
    """The code in the last message to somebody."""
    return lambda email: re.findall(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", last_mail_to(email), re.MULTILINE)[-1]


def _mails_in(path: Path) -> list[bytes]:
    """Those that were sent together are in one file, the last at its end."""
    return [text.lstrip(b"\n") for text in reversed(path.read_bytes().split(AFTER_A_MAIL)) if text.strip()]


def _is_fault(message) -> bool:
    refusals = ("403", "404", "409", "410", "500")
    return message.type == "error" and not any(status in message.text for status in refusals)


def _same_site(url: str, site_url: str, faults: list[str]) -> None:
    if not url.startswith((site_url, "data:", "blob:")):
        faults.append(f"third-party request: {url}")


def _drop_indexes(server: str, prefix: str) -> None:
    with urllib.request.urlopen(f"{server}/_cat/indices/{prefix}*?h=index") as answer:
        names = answer.read().decode().split()
    for name in names:
        urllib.request.urlopen(urllib.request.Request(f"{server}/{name}", method="DELETE")).close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{url} did not answer within {START_SECONDS} s")
