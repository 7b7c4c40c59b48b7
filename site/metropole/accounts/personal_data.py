"""What the site keeps of a person to know them: profile, addresses, ways to sign in, sessions, and what they did."""

from itertools import chain
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from metropole.core.personal_data import PersonalData, register_personal_data

from .models import ProConnectIdentity, User


def register() -> None:
    register_personal_data(*_KINDS)


def _profile(user: User) -> dict[str, Any]:
    return {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "e_mail": user.email,
        "language": user.language,
        "joined_at": user.date_joined,
        "last_signed_in_at": user.last_login,
        "groups": list(user.groups.values_list("name", flat=True)),
    }


def _erase_profile(user: User) -> None:
    """What belongs to the profile beside the account's own row, which the closing itself makes anonymous."""
    UserProfile.objects.filter(user=user).delete()


def _sign_in(user: User) -> dict[str, Any]:
    identity = ProConnectIdentity.objects.filter(user=user).first()
    return {
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_factors": list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")),
        "proconnect": identity and {"sub": identity.sub, "siret": identity.siret, "linked_at": identity.linked_at},
    }


def _erase_sign_in(user: User) -> None:
    for model in (EmailAddress, Authenticator, ProConnectIdentity):
        model.objects.filter(user=user).delete()


def _sessions(user: User) -> list[dict[str, Any]]:
    return list(UserSession.objects.filter(user=user).values("ip", "user_agent", "created_at", "last_seen_at"))


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def _log(user: User) -> list[dict[str, Any]]:
    fields = ("timestamp", "action", "label")
    entries = (log.objects.filter(user=user).values(*fields) for log in (ModelLogEntry, PageLogEntry))
    return sorted(chain(*entries), key=lambda entry: entry["timestamp"])


_KINDS = (
    PersonalData(
        name="profile",
        label=_("Your name, your address and your language"),
        purpose=_("To know you, and to write to you in your language."),
        kept=_("As long as your account. One that nobody uses for three years is closed, with a month’s notice."),
        export=_profile,
        erase=_erase_profile,
    ),
    PersonalData(
        name="sign_in",
        label=_("Your ways to sign in: address, second factor, ProConnect"),
        purpose=_("To make sure that it is you."),
        kept=_("Until you change them, or close your account."),
        export=_sign_in,
        erase=_erase_sign_in,
        is_erased_last=True,
    ),
    PersonalData(
        name="sessions",
        label=_("Your open sessions: address on the network and browser"),
        purpose=_("For you to see where you are signed in, and to sign out from elsewhere."),
        kept=_("Until you sign out, and 8 hours at the most."),
        export=_sessions,
        erase=_end_sessions,
    ),
    PersonalData(
        name="log",
        label=_("What you did in the name of an organisation or as an editor"),
        purpose=_("To be able to say who decided what: it is a public service."),
        kept=_("As long as the contents; under “closed account” and a number once your account is closed."),
        export=_log,
    ),
)
