"""One account for each role, to try the demonstration with."""

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from metropole.accounts.models import User

from .members import make_members

DOMAIN = "demo.example.org"
ROLES = {
    "agent": (),
    "collegue": (),
    "porteur": (),
    "moderation": ("Moderators",),
    "redaction": ("Editors",),
    "traduction": ("Translators",),
    "administration": (),
}
"""Roles by the first part of their address, with their groups in the Wagtail admin."""


@dataclass(frozen=True)
class DemoAccount:
    email: str
    password: str


def make_accounts() -> list[DemoAccount]:
    """Makes the accounts, or gives those that are there a new password; nobody else's account is touched."""
    accounts = [_make_account(role, groups) for role, groups in ROLES.items()]
    make_members(*(User.objects.get(email=f"{role}@{DOMAIN}") for role in ("agent", "collegue", "porteur")))
    return accounts


def _make_account(role: str, groups: tuple[str, ...]) -> DemoAccount:
    account = DemoAccount(f"{role}@{DOMAIN}", secrets.token_urlsafe(12))
    is_administrator = role == "administration"
    user, _created = User.objects.get_or_create(email=account.email, defaults={"first_name": role.capitalize()})
    user.is_superuser = user.is_staff = is_administrator
    user.set_password(account.password)
    user.save()
    user.groups.set(Group.objects.filter(name__in=groups))
    EmailAddress.objects.update_or_create(user=user, email=account.email, defaults={"verified": True, "primary": True})
    return account
