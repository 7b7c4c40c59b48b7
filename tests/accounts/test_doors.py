"""The admin is entered by one door, with a second factor."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from metropole.settings import base

from .people import PASSWORD, add_app, app_code, is_signed_in, make_person, recovery_codes, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def admin_paths() -> list[str]:
    """An address for each pattern of the admin, with something in the place of its arguments."""
    admin = [entry for entry in get_resolver().url_patterns if str(entry.pattern) == "admin/"]
    return sorted({path for entry in admin for path in _paths(entry, "/")})


def _paths(entry, prefix: str):
    path = prefix + _example(entry.pattern)
    if isinstance(entry, URLResolver):
        for child in entry.url_patterns:
            yield from _paths(child, path)
    else:
        yield path


def _example(pattern) -> str:
    if isinstance(pattern, RoutePattern):
        route = str(pattern)
        for name, converter in pattern.converters.items():
            kind = next(key for key in (f"<{name}>", f"<int:{name}>", f"<str:{name}>", f"<slug:{name}>",
                                        f"<path:{name}>", f"<uuid:{name}>") if key in route)  # fmt: skip
            sample = "1" if "int" in type(converter).__name__.lower() else SAMPLES["uuid"] if "uuid" in kind else "x"
            route = route.replace(kind, sample)
        return route
    return str(pattern).lstrip("^").rstrip("$").replace(r"(?P<pk>.+)", "1") if "(" not in str(pattern) else "x/"


PATHS = admin_paths()
DOORS = ("/admin/login/", "/admin/logout/", "/admin/password_reset/")


def test_production_requires_it():
    assert base.ADMIN_REQUIRES_MFA is True
    assert not base.WAGTAIL_PASSWORD_MANAGEMENT_ENABLED
    assert len(PATHS) > 250


def test_no_page_of_the_admin_opens_without_a_second_factor(administrator):
    browser = Client()
    sign_in(browser, administrator)
    for path in PATHS:
        if path.startswith(DOORS):
            continue
        for method in ("get", "post"):
            response = getattr(browser, method)(path)
            if response.status_code == 404:
                assert not response.resolver_match, path
                continue
            assert (response.status_code, response.headers["Location"]) == (302, reverse("mfa_index")), path


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/admin/login/", "account_login"),
        ("/admin/password_reset/", "account_reset_password"),
        ("/admin/password_reset/confirm/MQ/x-y/", "account_reset_password"),
        ("/admin/password_reset/complete/", "account_reset_password"),
        ("/fr/_util/login/", "account_login"),
    ],
)
def test_wagtail_s_own_ways_in_lead_to_ours(client, person, path, name):
    for response in (client.get(path), client.post(path, {"username": person.email, "password": PASSWORD})):
        assert response.url == reverse(name)
    assert not is_signed_in(client)


def test_a_door_keeps_the_way_and_the_language(client):
    response = client.get("/admin/login/?next=/admin/pages/", headers={"accept-language": "en"})
    assert response.url == "/en/account/sign-in/?next=%2Fadmin%2Fpages%2F"


def test_the_admin_s_own_button_signs_out(client, administrator):
    sign_in(client, administrator)
    client.post("/admin/logout/", follow=True)
    assert not is_signed_in(client)


def test_who_is_led_to_set_a_second_factor_up_is_told_why_and_then_enters(client, administrator, commit_at_once):
    elsewhere = Client()
    sign_in(elsewhere, administrator)
    sign_in(client, administrator)
    assert 'class="notice" role="status"' in client.get("/admin/", follow=True).content.decode()
    client.post(client.get(reverse("mfa_activate_totp")).url, {"password": PASSWORD})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    client.post(reverse("mfa_activate_totp"), {"code": app_code(form.secret)})
    assert client.get("/admin/").status_code == 200
    assert not is_signed_in(elsewhere)
    assert UserSession.objects.filter(user=administrator).count() == 1


def test_a_session_opened_without_it_is_asked_for_it(client, administrator):
    client.force_login(administrator)
    secret = add_app(administrator)
    response = client.get("/admin/pages/?q=a")
    assert response.url == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2Fpages%2F%3Fq%3Da"
    response = client.post(response.url, {"code": app_code(secret)})
    assert response.url == "/admin/pages/?q=a"
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_opens_the_admin_too(client, administrator):
    add_app(administrator)
    sign_in(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": recovery_codes(administrator)[0]})
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("required", [True, False])
def test_who_may_not_enter_is_told_so(client, settings, required):
    settings.ADMIN_REQUIRES_MFA = required
    sign_in(client, make_person())
    assert client.get("/admin/").url == reverse("account_profile")
    assert client.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_a_visitor_is_led_to_sign_in(client):
    response = client.get("/admin/pages/", follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next=%2Fadmin%2Fpages%2F"
