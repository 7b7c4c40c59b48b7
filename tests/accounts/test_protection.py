"""What the account withstands: guesses, strangers, forged requests, lost sessions."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import URLResolver, reverse

from metropole.accounts import urls as account_urls
from metropole.demo.frame import build_frame

from .people import PASSWORD, add_app, is_signed_in, make_person, sign_in
from .test_journeys import sign_up

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ELSEWHERE = [
    "https://evil.example", "http://evil.example/", "//evil.example", "///evil.example", "////evil.example",
    "https:evil.example", "https:/evil.example", "https:///evil.example", "http:///evil.example", "/\\evil.example",
    "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "\t//evil.example", " //evil.example", "//evil.example%2F@testserver/", "https://testserver@evil.example/",
    "https://testserver:80@evil.example/", "https://evil.example/?testserver", "https://evil.example#testserver",
    "https://testserver.evil.example/", "https://eviltestserver/", "//testserver.evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
    "ftp://evil.example/", "file:///etc/passwd", "mailto:a@evil.example", "tel:+33", "//evil.example:80/",
    "https://[::1]/", "http://0x7f000001/", "http://2130706433/", "https://evil。example/", "//%65vil.example",
    "https://EVIL.example/", "http:\\\\evil.example", "http:/\\evil.example", "//\x00evil.example", "blob:https://x/",
]  # fmt: skip


def normal(page: str, *words: str) -> str:
    """A page without what changes at each visit, and without the words that were typed."""
    page = re.sub(r'name="(csrfmiddlewaretoken|opened)" value="[^"]*"', "", page)
    for word in words:
        page = page.replace(word, "")
    return page


@pytest.mark.parametrize(
    ("name", "field", "more"),
    [
        ("account_login", "login", {"password": "un-autre-mot-de-passe"}),
        ("account_request_login_code", "email", {}),
        ("account_reset_password", "email", {}),
    ],
)
def test_nobody_learns_whether_an_address_has_an_account(person, name, field, more):
    answers = []
    for email in (person.email, "inconnue@example.org"):
        browser = Client()
        response = browser.post(reverse(name), {field: email, **more})
        followed = browser.get(response.url) if response.status_code == 302 else response
        answers.append((response.status_code, response.headers.get("Location"),
                        followed.status_code, normal(followed.content.decode(), email)))  # fmt: skip
    assert answers[0] == answers[1]
    assert all(message.to == [person.email] for message in mail.outbox)


def test_signing_up_with_an_address_that_has_an_account_looks_like_any_other(person):
    answers = []
    for email in (person.email, "inconnue@example.org"):
        browser = Client()
        response = sign_up(browser, email=email)
        answers.append((response.status_code, response.url, normal(browser.get(response.url).content.decode(), email)))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[person.email], ["inconnue@example.org"]]


def test_five_wrong_passwords_close_the_account_for_five_minutes_wherever_they_come_from(person):
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        for number in range(5):
            assert sign_in(Client(), person, "faux", REMOTE_ADDR=f"192.0.2.{number}").status_code == 200
        refused = sign_in(Client(), person, REMOTE_ADDR="192.0.2.9")
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "300"
        clock.shift(301)
        assert sign_in(Client(), person, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_who_is_locked_out_by_others_still_signs_in_by_a_code(client, person):
    for _attempt in range(6):
        sign_in(Client(), person, "faux", REMOTE_ADDR="192.0.2.1")
    response = client.post(reverse("account_request_login_code"), {"email": person.email})
    assert response.url == reverse("account_confirm_login_code")


def test_ten_wrong_passwords_a_minute_from_one_place_are_the_most_whatever_header_is_forged():
    statuses = [
        sign_in(Client(), make_person(), "faux", headers={"x-forwarded-for": f"198.51.100.{number}"}).status_code
        for number in range(11)
    ]
    assert statuses == [200] * 10 + [429]


def test_behind_our_proxy_the_address_is_the_one_that_it_wrote(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = [f"203.0.113.{number}, 198.51.100.7" for number in range(11)]
    statuses = [
        sign_in(Client(), make_person(), "faux", headers={"x-forwarded-for": header}).status_code for header in forged
    ]
    assert statuses[-1] == 429
    elsewhere = sign_in(Client(), make_person(), "faux", headers={"x-forwarded-for": "198.51.100.8"})
    assert elsewhere.status_code == 200


def test_accounts_are_made_by_twenty_an_hour_from_one_place():
    statuses = [sign_up(Client(), email=f"n{number}@example.org").status_code for number in range(21)]
    assert statuses == [302] * 20 + [429]


def test_five_links_an_hour_are_sent_to_an_address_at_the_most(person):
    statuses = [Client().post(reverse("account_reset_password"), {"email": person.email}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_codes_of_the_second_factor_are_not_guessed(client, person):
    add_app(person)
    sign_in(client, person)
    errors = [
        str(client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"}).context["form"].errors["code"])
        for number in range(6)
    ]
    assert len(set(errors[:5])) == 1
    assert errors[5] != errors[0]


def test_all_processes_count_attempts_together(person):
    sign_in(Client(), person, "faux")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_limits WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] == 2
    assert not any("allauth" in key for key in caches["default"]._cache)


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_and_out_leads_nobody_elsewhere(client, person, wanted):
    response = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": wanted})
    assert response.url == reverse("workspace")
    assert client.get(reverse("account_login"), {"next": wanted}).url == reverse("workspace")
    assert client.post(reverse("account_logout"), {"next": wanted}).url == "/fr/"
    for door in ("/admin/login/", "/admin/logout/", "/fr/_util/login/"):
        assert "next" not in client.get(door, {"next": wanted}).url


def test_who_signs_in_goes_back_to_the_page_they_came_from(client, person):
    build_frame()
    page = client.get("/fr/plan-du-site/").content.decode()
    url = re.search(r'href="([^"]+)" rel="nofollow"', page)[1].replace("&amp;", "&")
    form = client.get(url)
    wanted = re.search(r'name="next" value="([^"]+)"', form.content.decode())[1]
    response = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": wanted})
    assert response.url == "/fr/plan-du-site/"


def account_patterns(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from account_patterns(pattern.url_patterns)
        else:
            yield pattern


ARGUMENTS = {"mfa_edit_webauthn": [1], "mfa_remove_webauthn": [1], "account_reset_password_from_key": ["1", "a-b"]}
NAMES = sorted(pattern.name for pattern in account_patterns(account_urls.urlpatterns))


@pytest.mark.parametrize("name", NAMES)
def test_every_form_of_the_account_wants_a_token_and_is_kept_by_no_cache(person, name):
    url = reverse(name, args=ARGUMENTS.get(name, []))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    assert browser.post(url).status_code == 403
    for visitor in (browser, Client()):
        response = visitor.get(url)
        assert response.status_code in (200, 302, 403, 404)
        if response.status_code != 404:
            kept = {part.strip() for part in response.headers["Cache-Control"].split(",")}
            assert {"private", "no-store"} <= kept


def test_the_session_s_key_changes_when_one_signs_in_and_dies_when_one_signs_out(client, person):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = "1"
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key
    sign_in(client, person)
    after = client.session.session_key
    assert before != after
    client.post(reverse("account_logout"))
    stolen = Client()
    stolen.cookies["sessionid"] = after
    assert not is_signed_in(stolen)


def test_a_new_password_ends_the_other_sessions_and_changes_the_key_of_this_one(client, person):
    other = Client()
    sign_in(client, person)
    sign_in(other, person)
    before = client.session.session_key
    new = "onze-marronniers-7"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_signed_in(client)
    assert client.session.session_key != before
    assert not is_signed_in(other)


def test_an_account_that_is_closed_loses_its_sessions_at_once(client, person):
    sign_in(client, person)
    person.is_active = False
    person.save()
    assert not is_signed_in(client)
    assert not sign_in(client, person).wsgi_request.user.is_authenticated


def test_a_session_lasts_eight_hours_at_the_most(client, person):
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        sign_in(client, person)
        clock.shift(8 * 3600 - 5)
        assert is_signed_in(client)
        clock.shift(10)
        assert not is_signed_in(client)


def test_signing_out_wants_to_be_asked_for(client, person):
    sign_in(client, person)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)


def test_a_visitor_gets_no_cookie_and_who_signs_in_sees_their_name(client, person):
    build_frame()
    assert not client.get("/fr/").cookies
    assert "Vary" not in client.get("/fr/").headers or "Cookie" not in client.get("/fr/").headers["Vary"]
    person.first_name, person.last_name = "Jeanne", "<b>Petit"
    person.save()
    sign_in(client, person)
    page = client.get("/fr/").content.decode()
    assert "Jeanne &lt;b&gt;Petit" in page
    assert reverse("account_logout") in page


@pytest.mark.parametrize(
    "typed", ["\x00", "é" * 5000, "' OR 1=1 --", "{{7*7}}", "<script>", "\ud800".encode("utf-8", "replace").decode()]
)
def test_nothing_that_is_typed_breaks_a_form(client, person, typed):
    for name, field in (("account_login", "login"), ("account_reset_password", "email"),
                        ("account_request_login_code", "email")):  # fmt: skip
        assert client.post(reverse(name), {field: typed, "password": typed, "next": typed}).status_code in (200, 429)
    assert sign_up(client, email=typed, first_name=typed, password1=typed).status_code == 200


def test_no_page_of_the_account_asks_another_host_for_anything(client, person):
    sign_in(client, person)
    for name in ("account_profile", "usersessions_list", "mfa_index"):
        page = client.get(reverse(name)).content.decode()
        assert "gravatar" not in page
        assert not re.findall(r'(?:src|srcset)="https?://', page)
