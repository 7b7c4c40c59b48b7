"""Somebody with an account, and what they type."""

import re
import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from metropole.accounts.models import User
from tests.factories import UserFactory

PASSWORD = "quatorze-platanes-9"
CODE = re.compile(r"^\s*([A-Z0-9]+-?[A-Z0-9]+)\s*$", re.MULTILINE)


def make_person(**fields) -> User:
    user = UserFactory(**fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client: Client, user: User, password: str = PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": user.email, "password": password}, **extra)


def add_app(user: User) -> str:
    """Gives somebody an authenticator app, with its recovery codes; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def recovery_codes(user: User) -> list[str]:
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def code_in(message) -> str:
    return CODE.search(message.body)[1]


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account_profile")).status_code == 200
