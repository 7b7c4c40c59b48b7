"""What people do to sign up, sign in, and protect their account."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from metropole.accounts.models import User
from metropole.core.robots import FASTEST_SECONDS, SLOWEST_SECONDS

from .people import PASSWORD, add_app, app_code, code_in, is_signed_in, make_person, recovery_codes, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
TYPED = {"first_name": "Jeanne", "last_name": "Petit", "email": "jeanne@example.org", "password1": PASSWORD}


def sign_up(client: Client, after: float = 20, **changes: str):
    """Opens the form, takes some seconds to fill it in, and sends it."""
    with time_machine.travel(NOW, tick=False) as clock:
        page = client.get(reverse("account_signup"))
        opened = page.context["form"]["opened"].value()
        clock.shift(after)
        return client.post(reverse("account_signup"), TYPED | {"opened": opened} | changes)


def test_someone_signs_up_confirms_the_address_and_is_signed_in(client):
    response = sign_up(client)
    assert response.url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    response = client.post(response.url, {"code": code_in(mail.outbox[0])})
    assert response.url == reverse("workspace")
    assert is_signed_in(client)
    user = User.objects.get(email=TYPED["email"])
    assert (str(user), user.language, user.is_staff) == ("Jeanne Petit", "fr", False)
    assert EmailAddress.objects.get(user=user).verified


def test_an_address_that_is_not_confirmed_opens_nothing(client):
    sign_up(client)
    other = Client()
    with time_machine.travel(NOW + dt.timedelta(minutes=1)):
        response = sign_in(other, User.objects.get())
        assert response.url == reverse("account_email_verification_sent")
        assert not is_signed_in(other)


def test_a_wrong_code_confirms_nothing_and_three_are_too_many(client):
    url = sign_up(client).url
    assert "errorlist" in client.post(url, {"code": "AAAA-AAAA"}).content.decode()
    client.post(url, {"code": "AAAA-AAAA"})
    assert client.post(url, {"code": "AAAA-AAAA"}).url == reverse("account_login")
    client.post(url, {"code": code_in(mail.outbox[0])})
    assert not is_signed_in(client)


@pytest.mark.parametrize("password", ["court", "onze-lettre", "1qaz2wsx3edc", "jeanne@example.org", ""])
def test_a_weak_password_is_refused_beside_its_field(client, password):
    response = sign_up(client, password1=password)
    assert response.status_code == 200
    assert response.context["form"].errors["password1"]
    assert 'id="id_password1_error"' in response.content.decode()
    assert not User.objects.exists()


def test_a_long_password_is_taken_whole(client):
    password = "é" * 30 + "un-long-mot-de-passe-de-plus-de-64-signes" * 2
    sign_up(client, password1=password)
    assert User.objects.get().check_password(password)


@pytest.mark.parametrize("after", [FASTEST_SECONDS - 2, SLOWEST_SECONDS + 2])
def test_a_form_that_comes_back_too_soon_or_too_late_is_refused_and_keeps_what_was_typed(client, after):
    response = sign_up(client, after=after)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in page
    assert 'value="Jeanne"' in page
    assert 'value="jeanne@example.org"' in page
    assert PASSWORD not in page
    assert not User.objects.exists()
    with time_machine.travel(NOW + dt.timedelta(seconds=after + 10)):
        again = TYPED | {"opened": response.context["form"]["opened"].value()}
        assert client.post(reverse("account_signup"), again).status_code == 302
    assert User.objects.exists()


@pytest.mark.parametrize("opened", ["", "forged", "é\x00", "x" * 5000])
def test_a_form_without_our_stamp_makes_no_account(client, opened):
    assert sign_up(client, opened=opened).status_code == 200
    assert not User.objects.exists()


def test_who_fills_in_the_trap_is_told_what_others_are_told_and_gets_no_account(client):
    assert sign_up(client, website="https://example.org").url == reverse("account_email_verification_sent")
    assert not User.objects.exists()
    assert mail.outbox == []


def test_someone_signs_in_by_a_code(client, person):
    response = client.post(reverse("account_request_login_code"), {"email": person.email})
    client.post(response.url, {"code": "AAAA-AAAA"})
    assert not is_signed_in(client)
    client.post(response.url, {"code": code_in(mail.outbox[0])})
    assert is_signed_in(client)


def test_a_code_is_of_no_use_after_ten_minutes(client, person):
    with time_machine.travel(NOW, tick=False) as clock:
        response = client.post(reverse("account_request_login_code"), {"email": person.email})
        clock.shift(601)
        client.post(response.url, {"code": code_in(mail.outbox[0])})
        assert not is_signed_in(client)


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    url = form.redirect_chain[-1][0]
    assert client.post(url, {"password1": "court", "password2": "court"}).status_code == 200
    new = "onze-marronniers-7"
    assert client.post(url, {"password1": new, "password2": new}).status_code == 302
    assert not is_signed_in(client)
    sign_in(client, person, new)
    assert is_signed_in(client)
    assert "token_fail" in Client().get(link).context


def test_a_link_is_of_no_use_after_an_hour(client, person):
    with time_machine.travel(NOW, tick=False) as clock:
        client.post(reverse("account_reset_password"), {"email": person.email})
        clock.shift(3601)
        link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
        assert client.get(link).context["token_fail"]


def test_an_app_is_set_up_after_the_password_and_then_asked_for(client, person, commit_at_once):
    sign_in(client, person)
    response = client.get(reverse("mfa_activate_totp"))
    assert response.url.startswith(reverse("account_reauthenticate"))
    client.post(response.url, {"password": PASSWORD})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    response = client.post(reverse("mfa_activate_totp"), {"code": app_code(form.secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    page = client.get(response.url).content.decode()
    assert all(code in page for code in recovery_codes(person))
    assert len(recovery_codes(person)) == 10
    other = Client()
    assert sign_in(other, person).url == reverse("mfa_authenticate")
    assert not is_signed_in(other)


def test_a_code_of_the_app_opens_one_session_only(client, person):
    secret = add_app(person)
    with time_machine.travel(NOW, tick=False):
        code = app_code(secret)
        sign_in(client, person)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client)
        other = Client()
        sign_in(other, person)
        assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
        assert not is_signed_in(other)


def test_a_recovery_code_works_once(client, person):
    add_app(person)
    code = recovery_codes(person)[0]
    sign_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    other = Client()
    sign_in(other, person)
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(other)


def test_the_second_factor_is_asked_for_after_a_code_by_e_mail_too(client, person):
    add_app(person)
    response = client.post(reverse("account_request_login_code"), {"email": person.email})
    response = client.post(response.url, {"code": code_in(mail.outbox[0])})
    assert response.url == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_someone_sees_where_they_are_signed_in_and_signs_out_everywhere_else(client, person):
    others = [Client(), Client()]
    for browser in (*others, client):
        sign_in(browser, person, headers={"user-agent": "Fureteur/1.0"})
    page = client.get(reverse("usersessions_list"))
    assert page.context["session_count"] == 3
    assert page.content.decode().count("Fureteur/1.0") == 3
    client.post(reverse("usersessions_list"))
    assert is_signed_in(client)
    assert not any(is_signed_in(other) for other in others)


def test_the_address_changes_once_the_new_one_is_confirmed(client, person):
    sign_in(client, person)
    response = client.post(reverse("account_email"), {"email": "neuve@example.org", "action_add": ""})
    person.refresh_from_db()
    assert person.email != "neuve@example.org"
    confirmation = next(message for message in mail.outbox if message.to == ["neuve@example.org"])
    client.post(response.url, {"code": code_in(confirmation)})
    person.refresh_from_db()
    assert person.email == "neuve@example.org"
    assert EmailAddress.objects.get(user=person).email == "neuve@example.org"


def test_the_profile_keeps_the_name_and_the_language_and_nothing_else(client, person):
    sign_in(client, person)
    typed = {"first_name": "Ana", "last_name": "Roy", "language": "en", "is_staff": "on", "is_superuser": "on",
             "email": "autre@example.org", "groups": "1"}  # fmt: skip
    address = person.email
    client.post(reverse("account_profile"), typed)
    person.refresh_from_db()
    assert (str(person), person.language) == ("Ana Roy", "en")
    assert (person.is_staff, person.is_superuser, person.email) == (False, False, address)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_messages_are_plain_short_in_the_language_of_the_person_and_say_why(client, language):
    person = make_person(language=language)
    client.post(reverse("account_request_login_code"), {"email": person.email})
    client.post(reverse("account_reset_password"), {"email": person.email})
    assert len(mail.outbox) == 2
    with translation.override(language):
        hello = translation.gettext("Hello,")
    for message in mail.outbox:
        assert message.alternatives == []
        assert message.body.startswith(hello)
        assert "testserver" in message.body
        assert len(message.body) < 900


def test_a_mail_server_that_is_down_breaks_no_page(client, person, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    assert client.post(reverse("account_request_login_code"), {"email": person.email}).status_code == 302


def test_the_last_second_factor_can_be_removed_and_takes_the_recovery_codes_with_it(client, person):
    secret = add_app(person)
    sign_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    response = client.get(reverse("mfa_deactivate_totp"))
    client.post(response.url, {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
