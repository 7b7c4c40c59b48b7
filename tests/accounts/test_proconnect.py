import json
import logging
import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.contrib.auth import BACKEND_SESSION_KEY, authenticate, get_user
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from metropole.accounts.models import ProConnectIdentity, User
from metropole.accounts.proconnect import config
from metropole.accounts.proconnect.session import signed_in_with_two_factors
from tests.factories import UserFactory

from . import fake_proconnect as fake
from .people import PASSWORD, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BACKEND = "metropole.accounts.proconnect.backend.ProConnectBackend"
TWO_FACTORS = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"


@pytest.fixture
def proconnect(settings):
    provider = fake.FakeProConnect()
    settings.PROCONNECT_CLIENT_ID, settings.PROCONNECT_CLIENT_SECRET = fake.CLIENT_ID, fake.CLIENT_SECRET
    settings.PROCONNECT_ISSUER, settings.PROCONNECT_IS_ON = provider.issuer, True
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, BACKEND]
    yield provider
    provider.close()


def address(name, language="en", **query):
    with override(language):
        return reverse(f"proconnect:{name}") + (f"?{urlencode(query)}" if query else "")


def way_out(language="en"):
    with override(language):
        return reverse("account_logout")


def local(answer):
    url = urlsplit(answer.headers["Location"])
    return f"{url.path}?{url.query}"


def way_back(client, proconnect, language="en", **query):
    """The address at our site to which ProConnect sends the browser after it has identified somebody."""
    return local(proconnect.visit(client.get(address("sign_in", language, **query)).url))


def sign_in(client, proconnect, language="en", **query):
    return client.get(way_back(client, proconnect, language, **query))


def person(client):
    request = RequestFactory().get("/")
    request.session = client.session
    return get_user(request)


def asked_of(client):
    """A request as a view or a middleware sees it."""
    request = RequestFactory().get("/")
    request.session, request.user = client.session, person(client)
    return request


def assert_refused(response, status, title):
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.text


def assert_nobody_signed_in(client):
    assert not person(client).is_authenticated
    assert not ProConnectIdentity.objects.exists()
    assert not User.objects.filter(email="agnes.martin@antony.example.org").exists()


def test_without_credentials_nothing_of_it_is_there(client):
    addresses = [address("sign_in"), address("link"), reverse("proconnect_callback"), reverse("proconnect_signed_out")]
    assert [client.get(url).status_code for url in addresses] == [404] * 4
    assert button().strip() == ""


def button(call="{% proconnect_button %}"):
    with override("en"):
        return Template("{% load proconnect_tags %}" + call).render(Context())


def test_the_button_leads_to_the_sign_in_and_to_what_proconnect_is(proconnect):
    html = button("{% proconnect_button '/en/search/?q=a' %}")
    assert address("sign_in", next="/en/search/?q=a") in unescape(html)
    assert "Sign in with ProConnect" in html
    assert "What is ProConnect?" in html
    assert "https://www.proconnect.gouv.fr/" in html


def test_a_whole_journey_makes_an_account_and_signs_in(client, proconnect):
    response = sign_in(client, proconnect, next="/en/search/?q=velo")
    assert (response.status_code, response.url) == (302, "/en/search/?q=velo")
    identity = ProConnectIdentity.objects.get(sub="704e024229015d2b")
    user = identity.user
    assert person(client) == user
    assert (user.email, user.first_name, user.last_name) == ("agnes.martin@antony.example.org", "Agnès", "Martin")
    assert not user.has_usable_password()
    assert identity.siret == "21920002400013"
    assert timezone.now() - identity.last_used_at < timezone.timedelta(minutes=1)


def test_who_comes_back_has_the_same_account_even_with_another_address(client, proconnect):
    sign_in(client, proconnect)
    client.logout()
    other = UserFactory(email="autre@example.org")
    proconnect.person |= {"email": other.email, "siret": "21920002400099"}
    sign_in(client, proconnect)
    assert person(client).email == "agnes.martin@antony.example.org"
    assert ProConnectIdentity.objects.get().siret == "21920002400099"
    assert User.objects.count() == 2


def test_the_request_says_what_proconnect_allows_and_no_more(client, proconnect):
    asked = parse_qs(urlsplit(client.get(address("sign_in")).url).query)
    assert asked.keys() == {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "claims"}
    assert asked["scope"] == ["openid given_name usual_name email siret uid"]
    assert asked["redirect_uri"] == [fake.CALLBACK]
    assert json.loads(asked["claims"][0]) == {"id_token": {"acr": None}}
    again = parse_qs(urlsplit(client.get(address("sign_in")).url).query)
    assert {asked["state"][0], asked["nonce"][0]} & {again["state"][0], again["nonce"][0]} == set()


@pytest.mark.parametrize(
    "change",
    [{"code_challenge": "abc"}, {"state": "short"}, {"nonce": "short"}, {"redirect_uri": "http://testserver/"}],
)
def test_the_fake_provider_refuses_what_the_real_one_does(client, proconnect, change):
    url = urlsplit(client.get(address("sign_in")).url)
    query = {name: values[0] for name, values in parse_qs(url.query).items()} | change
    answer = proconnect.visit(url._replace(query=urlencode(query)).geturl())
    assert (answer.status_code, answer.json()) == (400, {"error": "Y000400"})


def test_the_session_keeps_no_access_token_and_gets_another_key(client, proconnect):
    back = way_back(client, proconnect)
    before = client.session.session_key
    client.get(back)
    assert client.session.session_key != before
    first = client.session.session_key
    sign_in(client, proconnect)
    assert client.session.session_key != first
    [*tokens] = proconnect.access_tokens
    assert len(tokens) == 2
    assert not any(token in json.dumps(dict(client.session)) for token in tokens)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "javascript:alert(1)", "/\\evil.example", "http:///evil.example"],
)
def test_nobody_is_led_to_another_site(client, proconnect, elsewhere):
    assert sign_in(client, proconnect, next=elsewhere).url == "/en/workspace/"


LIES = {
    "wrong audience": {"aud": "another-site"},
    "audience shared with another site": {"aud": [fake.CLIENT_ID, "another-site"]},
    "no audience": {"aud": None},
    "wrong issuer": {"iss": "https://evil.example/api/v2"},
    "expired": {"exp": 1_000_000_000},
    "issued tomorrow": {"iat": 4_000_000_000},
    "another person": {"sub": "somebody-else"},
    "no person": {"sub": None},
}


@pytest.mark.parametrize("part", ["id_token", "userinfo"])
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_token_that_is_not_for_us_now_signs_nobody_in(client, proconnect, part, lie):
    setattr(proconnect, part, lambda claims: {k: v for k, v in (claims | lie).items() if v is not None})
    response = sign_in(client, proconnect)
    assert_refused(response, 502, "ProConnect’s answer cannot be used")
    assert_nobody_signed_in(client)


@pytest.mark.parametrize("missing", ["exp", "nonce", "iat"])
def test_an_id_token_without_its_guards_signs_nobody_in(client, proconnect, missing):
    proconnect.id_token = lambda claims: {name: value for name, value in claims.items() if name != missing}
    assert sign_in(client, proconnect).status_code == 502
    assert_nobody_signed_in(client)


@pytest.mark.parametrize("nonce", ["x" * 43, "", 7, None])
def test_an_id_token_with_another_nonce_signs_nobody_in(client, proconnect, nonce):
    proconnect.id_token = lambda claims: claims | {"nonce": nonce}
    assert sign_in(client, proconnect).status_code == 502
    assert_nobody_signed_in(client)


@pytest.mark.parametrize("part", ["sign", "sign_userinfo"])
@pytest.mark.parametrize(
    "signature",
    [
        fake.sign_with_foreign_key,
        fake.sign_with_the_secret,
        fake.sign_with_the_public_key_as_secret,
        fake.sign_not_at_all,
        fake.sign_then_change,
        lambda claims: "not.a.token",
        lambda claims: fake.sign(claims, kid="unknown"),
    ],
)
def test_a_signature_that_is_not_proconnects_signs_nobody_in(client, proconnect, part, signature):
    setattr(proconnect, part, signature)
    assert sign_in(client, proconnect).status_code == 502
    assert_nobody_signed_in(client)


def test_no_setting_lets_unsigned_tokens_in(client, proconnect, settings):
    settings.PROCONNECT_ALGORITHMS = ["none", "RS256"]
    proconnect.sign = fake.sign_not_at_all
    assert sign_in(client, proconnect).status_code == 502
    assert_nobody_signed_in(client)
    assert [error.id for error in run_checks() if error.id.startswith("accounts")] == ["accounts.E002", "accounts.E003"]


@pytest.mark.parametrize(
    ("algorithm", "signature"), [("ES256", fake.sign_with_elliptic_curve), ("HS256", fake.sign_with_the_secret)]
)
def test_the_algorithm_registered_with_proconnect_may_be_another(client, proconnect, settings, algorithm, signature):
    settings.PROCONNECT_ALGORITHMS = [algorithm]
    assert sign_in(client, proconnect).status_code == 502
    client.logout()
    proconnect.sign = proconnect.sign_userinfo = signature
    sign_in(client, proconnect)
    assert person(client).is_authenticated


def test_userinfo_in_plain_json_signs_nobody_in(client, proconnect):
    proconnect.userinfo_type = "application/json"
    assert sign_in(client, proconnect).status_code == 502
    assert_nobody_signed_in(client)


@pytest.mark.parametrize(
    "claims",
    [{"email": ""}, {"email": "nobody"}, {"email": 7}, {"sub": "x" * 300}, {"sub": "a\0b"}, {"email": "a\0@b.fr"}],
)
def test_a_person_without_identifier_or_address_is_not_signed_in(client, proconnect, claims):
    proconnect.person |= claims
    assert sign_in(client, proconnect).status_code == 502
    assert_nobody_signed_in(client)


def test_names_and_siret_that_do_not_fit_keep_nobody_out(client, proconnect):
    proconnect.person |= {"given_name": "A" * 500, "usual_name": None, "siret": "ABC"}
    sign_in(client, proconnect)
    identity = ProConnectIdentity.objects.get()
    assert (identity.user.first_name, identity.user.last_name, identity.siret) == ("A" * 150, "", "")


@pytest.mark.parametrize("change", ["state=" + "x" * 43, "state=", ""])
def test_a_state_that_is_not_ours_signs_nobody_in(client, proconnect, change):
    back = re.sub(r"state=\w+", change, way_back(client, proconnect))
    response = client.get(back)
    assert_refused(response, 400, "This sign-in cannot be continued")
    assert_nobody_signed_in(client)
    assert "/api/v2/token" not in [path for path, *_rest in proconnect.asked]


def test_the_state_of_another_browser_signs_nobody_in(client, proconnect):
    back = way_back(client, proconnect)
    stranger = type(client)()
    assert stranger.get(back).status_code == 400
    assert not person(stranger).is_authenticated
    assert_nobody_signed_in(client)


def test_an_address_serves_once(client, proconnect):
    back = way_back(client, proconnect)
    client.get(back)
    client.logout()
    assert client.get(back).status_code == 400
    assert not person(client).is_authenticated


def test_an_address_that_failed_does_not_serve_again(client, proconnect):
    back = way_back(client, proconnect)
    proconnect.trouble = "500"
    assert client.get(back).status_code == 502
    proconnect.trouble = ""
    assert client.get(back).status_code == 400
    assert_nobody_signed_in(client)


def test_a_code_older_than_thirty_seconds_signs_nobody_in(client, proconnect):
    back = way_back(client, proconnect)
    proconnect.clock = 31
    response = client.get(back)
    assert_refused(response, 400, "This sign-in took too long")
    assert_nobody_signed_in(client)


def test_a_code_of_another_client_signs_nobody_in(client, proconnect, settings):
    back = way_back(client, proconnect)
    settings.PROCONNECT_CLIENT_SECRET = "wrong" * 8
    assert client.get(back).status_code == 502
    assert_nobody_signed_in(client)


def test_a_level_that_is_too_low_is_refused_although_it_was_asked_for(client, proconnect, settings):
    settings.PROCONNECT_REQUIRED_ACR = [TWO_FACTORS, "eidas2"]
    asked = parse_qs(urlsplit(client.get(address("sign_in")).url).query)["claims"][0]
    assert json.loads(asked)["id_token"]["acr"] == {"essential": True, "values": [TWO_FACTORS, "eidas2"]}
    response = sign_in(client, proconnect)
    assert_refused(response, 403, "A second factor is needed")
    assert_nobody_signed_in(client)
    proconnect.acr = "eidas2"
    sign_in(client, proconnect)
    assert person(client).is_authenticated


def test_two_factors_are_known_by_what_proconnect_says_of_this_sign_in(client, proconnect):
    sign_in(client, proconnect)
    assert not signed_in_with_two_factors(asked_of(client))
    asked = parse_qs(urlsplit(client.get(address("sign_in", two_factors=1)).url).query)["claims"][0]
    assert json.loads(asked)["id_token"]["acr"]["values"] == list(config.TWO_FACTOR_LEVELS)
    proconnect.acr = TWO_FACTORS
    sign_in(client, proconnect, two_factors=1)
    assert signed_in_with_two_factors(asked_of(client))
    client.force_login(person(client))
    assert not signed_in_with_two_factors(asked_of(client))


def test_who_asks_for_two_factors_and_shows_one_is_refused(client, proconnect):
    response = sign_in(client, proconnect, two_factors=1)
    assert_refused(response, 403, "A second factor is needed")
    assert_nobody_signed_in(client)


def test_proconnect_s_two_factors_open_the_admin(client, proconnect, settings):
    settings.ADMIN_REQUIRES_MFA = True
    sign_in(client, proconnect)
    editor = person(client)
    editor.groups.add(Group.objects.get(name="Editors"))
    asked = client.get("/admin/pages/")
    assert asked.url == address("sign_in", "fr", two_factors=1, next="/admin/pages/")
    proconnect.acr = TWO_FACTORS
    back = client.get(local(proconnect.visit(client.get(asked.url).url)))
    assert back.url == "/admin/pages/"
    assert client.get(back.url, follow=True).status_code == 200


def test_an_account_with_the_same_address_is_never_entered_without_its_owner(client, proconnect):
    owner = UserFactory(email="Agnes.Martin@antony.example.org")
    response = sign_in(client, proconnect)
    assert (response.status_code, response.url) == (302, address("link"))
    page = client.get(response.url)
    assert page.status_code == 200
    assert "agnes.martin@antony.example.org" in page.text
    assert client.post(address("link")).status_code == 403
    assert not person(client).is_authenticated
    assert not ProConnectIdentity.objects.exists()
    client.force_login(UserFactory())
    assert client.post(address("link")).status_code == 403
    assert not hasattr(User.objects.get(pk=owner.pk), "proconnect_identity")


def test_the_owner_signs_in_as_usual_then_links(client, proconnect):
    owner = make_person(email="agnes.martin@antony.example.org")
    page = client.get(sign_in(client, proconnect, next="/en/search/").url)
    to_sign_in = unescape(re.search(r'href="(/en/account/sign-in/[?][^"]+)"', page.text)[1])
    signed = client.post(to_sign_in, {"login": owner.email, "password": PASSWORD})
    assert signed.url == address("link")
    assert "Link ProConnect to this account</button>" in client.get(signed.url).text
    assert not ProConnectIdentity.objects.exists()
    done = client.post(signed.url)
    assert 'href="/en/search/"' in done.text
    assert ProConnectIdentity.objects.get().user == owner
    client.logout()
    sign_in(client, proconnect)
    assert (person(client), client.session[BACKEND_SESSION_KEY]) == (owner, BACKEND)
    assert client.get(address("link")).status_code == 400


def test_linking_needs_the_token_of_the_form(client, proconnect):
    owner = UserFactory(email="agnes.martin@antony.example.org")
    careful = type(client)(enforce_csrf_checks=True)
    sign_in(careful, proconnect)
    careful.force_login(owner)
    assert careful.post(address("link")).status_code == 403
    assert not ProConnectIdentity.objects.exists()


def test_an_identity_waits_ten_minutes_to_be_linked(client, proconnect):
    owner = UserFactory(email="agnes.martin@antony.example.org")
    with time_machine.travel(timezone.now(), tick=True) as clock:
        sign_in(client, proconnect)
        client.force_login(owner)
        clock.shift(599)
        assert client.get(address("link")).status_code == 200
        clock.shift(2)
        assert client.post(address("link")).status_code == 400
    assert not ProConnectIdentity.objects.exists()


def test_a_new_identity_takes_the_place_of_the_one_before_with_consent_alone(client, proconnect):
    sign_in(client, proconnect)
    owner = person(client)
    proconnect.person["sub"] = "the-same-agent-elsewhere"
    client.get(sign_in(client, proconnect).url)
    assert ProConnectIdentity.objects.get().sub == "704e024229015d2b"
    client.post(address("link"))
    identity = ProConnectIdentity.objects.get()
    assert (identity.sub, identity.user) == ("the-same-agent-elsewhere", owner)


def test_an_identity_linked_meanwhile_is_not_taken_from_its_account(client, proconnect):
    owner = UserFactory(email="agnes.martin@antony.example.org")
    sign_in(client, proconnect)
    client.force_login(owner)
    other = ProConnectIdentity.objects.create(user=UserFactory(), sub="704e024229015d2b")
    assert client.post(address("link")).status_code == 400
    assert ProConnectIdentity.objects.get() == other


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_closed_account_is_refused_in_words(client, proconnect, is_linked):
    user = UserFactory(email="agnes.martin@antony.example.org", is_active=False)
    if is_linked:
        ProConnectIdentity.objects.create(user=user, sub="704e024229015d2b")
    response = sign_in(client, proconnect)
    assert_refused(response, 403, "This account is closed")
    assert not person(client).is_authenticated


def test_who_is_signed_in_when_the_account_is_closed_is_signed_out(client, proconnect):
    sign_in(client, proconnect)
    User.objects.update(is_active=False)
    assert not person(client).is_authenticated


def test_who_stops_at_proconnect_is_told_so_and_stays_who_they_are_here(client, proconnect):
    user = UserFactory()
    client.force_login(user)
    proconnect.error = "access_denied"
    response = sign_in(client, proconnect)
    assert_refused(response, 400, "You have not signed in")
    assert person(client) == user


def test_a_forged_error_signs_nobody_out(client, proconnect):
    sign_in(client, proconnect)
    assert client.get(reverse("proconnect_callback"), {"error": "access_denied", "state": "x"}).status_code == 400
    assert person(client).is_authenticated


@pytest.mark.parametrize(
    ("trouble", "status"), [("slow", 503), ("500", 502), ("503", 502), ("talks nonsense", 502), ("404", 502)]
)
def test_a_provider_in_trouble_gives_a_page_and_a_way_back(client, proconnect, monkeypatch, trouble, status):
    monkeypatch.setattr(config, "TIMEOUT_SECONDS", 0.2)
    back = way_back(client, proconnect)
    proconnect.trouble = trouble
    response = client.get(back)
    assert response.status_code == status
    assert address("sign_in") in response.text
    assert 'href="/en/"' in response.text
    assert_nobody_signed_in(client)


def test_a_provider_that_is_down_gives_a_page_and_is_not_waited_for(client, proconnect, settings):
    assert config.TIMEOUT_SECONDS <= 5
    back = way_back(client, proconnect)
    settings.PROCONNECT_ISSUER = "http://127.0.0.1:9/api/v2"
    assert client.get(back).status_code == 503
    proconnect.error = "temporarily_unavailable"
    settings.PROCONNECT_ISSUER = proconnect.issuer
    assert sign_in(client, proconnect).status_code == 503


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_without_a_language_in_their_address_speak_that_of_the_reader(client, proconnect, language):
    proconnect.error = "access_denied"
    response = sign_in(client, proconnect, language)
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Content-Language"] == language
    lost = type(client)().get(reverse("proconnect_callback"), headers={"Accept-Language": language})
    assert f'<html lang="{language}">' in lost.text


def test_pages_are_kept_nowhere_and_tell_nobody_their_address(client, proconnect):
    response = client.get(reverse("proconnect_callback"), {"code": "c", "state": "s"})
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert '<meta name="robots" content="noindex">' in response.text


def test_logs_hold_no_secret_no_code_no_token_and_no_address(client, proconnect, caplog):
    caplog.set_level(logging.INFO)
    back = way_back(client, proconnect)
    proconnect.clock = 31
    client.get(back)
    proconnect.clock = 0
    proconnect.sign = fake.sign_with_foreign_key
    sign_in(client, proconnect)
    said = "\n".join(str(record.__dict__) for record in caplog.records if record.name != "django.request") + caplog.text
    codes = {parse_qs(body)["code"][0] for path, _query, body in proconnect.asked if path.endswith("/token")}
    hidden = {fake.CLIENT_SECRET, "agnes.martin", parse_qs(urlsplit(back).query)["state"][0], *codes}
    assert len(codes) == 2
    assert caplog.records
    assert [word for word in hidden if word in said] == []


def test_a_password_form_with_a_code_in_its_address_asks_nothing_of_proconnect(client, proconnect):
    request = RequestFactory().post("/?code=c&state=s")
    assert authenticate(request, username="a@example.org", password="wrong") is None
    assert authenticate(request, nonce="n", code_verifier=None) is None
    assert proconnect.asked == []


def test_signing_out_here_signs_out_at_proconnect_and_comes_back(client, proconnect):
    sign_in(client, proconnect, "fr")
    page = client.post(way_out("fr"))
    assert not person(client).is_authenticated
    url = unescape(re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page.text)[1])
    assert f'<a href="{url.replace("&", "&amp;")}">' in page.text
    back = local(proconnect.visit(url))
    response = client.get(back)
    assert response.status_code == 200
    assert '<html lang="fr">' in response.text
    assert client.get(back).status_code == 400


def test_a_sign_out_with_another_state_is_not_confirmed(client, proconnect):
    sign_in(client, proconnect)
    client.post(way_out())
    assert client.get(reverse("proconnect_signed_out"), {"state": "x" * 43}).status_code == 400


def test_who_did_not_come_by_proconnect_is_signed_out_here_alone(client, proconnect):
    client.force_login(UserFactory())
    assert client.post(way_out()).url == "/en/"
    assert not person(client).is_authenticated


def test_nobody_is_signed_out_by_a_link(client, proconnect):
    sign_in(client, proconnect)
    assert client.get(way_out()).status_code == 200
    assert person(client).is_authenticated


def test_what_is_configured_by_half_is_said_at_start(settings):
    assert [error.id for error in run_checks() if error.id.startswith("accounts")] == []
    settings.PROCONNECT_CLIENT_ID = "client"
    [error] = [error for error in run_checks() if error.id.startswith("accounts")]
    assert error.msg == "ProConnect also needs PROCONNECT_CLIENT_SECRET and PROCONNECT_ISSUER."
