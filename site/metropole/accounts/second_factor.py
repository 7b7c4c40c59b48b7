"""Whether a person has a second factor, and whether their session was opened with it."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from .models import User
from .proconnect.session import signed_in_with_two_factors

METHOD = "mfa"
TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes stand in for one of these, and are none by themselves."""


def has_second_factor(user: User) -> bool:
    return is_mfa_enabled(user, TYPES)


def is_open_with_second_factor(request: HttpRequest) -> bool:
    """Whether the session was opened with a second factor, ours or one that ProConnect asked for."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == METHOD for record in records) or signed_in_with_two_factors(request)


def begin_with_second_factor(
    sender: type, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs
) -> None:
    """Signal receiver: who has just set up their first second factor has shown it. Their other sessions never did."""
    others = Authenticator.objects.filter(user=user, type__in=TYPES).exclude(pk=authenticator.pk)
    if authenticator.type in TYPES and not others.exists():
        record_authentication(request, user, METHOD, id=authenticator.pk, type=authenticator.type)
        for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
            session.end()
