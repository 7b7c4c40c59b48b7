"""What is kept of ProConnect in somebody's session: never an access token."""

import time
from dataclasses import asdict

from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from .backend import Answer, ProConnectBackend
from .claims import Claims
from .config import RANDOM_SIZE, TWO_FACTOR_LEVELS
from .refusals import NothingToLink, SignOutUnknown, StateUnknown

STATES = "oidc_states"
"""Where the library keeps the states of the sign-ins that are under way."""
NEXT = "oidc_login_next"
LANGUAGE = "proconnect_language"
LEVELS = "proconnect_levels"
"""The levels of assurance that were asked for."""
PENDING = "proconnect_pending"
SIGNED_IN = "proconnect"
SIGN_OUT_STATE = "proconnect_sign_out_state"
SECONDS_TO_LINK = 600
BACKEND = f"{ProConnectBackend.__module__}.{ProConnectBackend.__qualname__}"


def take_nonce(request: HttpRequest) -> str:
    """The nonce of the sign-in that somebody comes back from, once."""
    states = request.session.get(STATES, {})
    begun = states.pop(request.GET.get("state", ""), None)
    if begun is None:
        raise StateUnknown
    request.session[STATES] = states
    try:  # Before the provider is asked, which takes time: the same address does not serve twice.
        request.session.save()
    except UpdateError:  # Signed out in another tab meanwhile.
        raise StateUnknown from None
    return begun["nonce"]


def remember(request: HttpRequest, answer: Answer) -> None:
    request.session[SIGNED_IN] = {"id_token": answer.id_token, "acr": answer.acr}


def is_signed_in(request: HttpRequest) -> bool:
    """Whether it is by ProConnect that somebody has signed in, this time."""
    return request.user.is_authenticated and request.session.get(BACKEND_SESSION_KEY) == BACKEND


def signed_in_with_two_factors(request: HttpRequest) -> bool:
    """Whether ProConnect has vouched for two factors, in this very sign-in."""
    return is_signed_in(request) and request.session.get(SIGNED_IN, {}).get("acr") in TWO_FACTOR_LEVELS


def id_token(request: HttpRequest) -> str:
    """What ProConnect asks for in order to sign somebody out; empty if they did not sign in there."""
    return request.session.get(SIGNED_IN, {}).get("id_token", "") if is_signed_in(request) else ""


def keep_pending(request: HttpRequest, claims: Claims) -> None:
    """Keeps an identity for ten minutes, until its owner shows which account is theirs."""
    request.session[PENDING] = {"claims": asdict(claims), "until": time.time() + SECONDS_TO_LINK}


def pending(request: HttpRequest) -> Claims:
    kept = request.session.get(PENDING)
    if kept is None or kept["until"] < time.time():
        raise NothingToLink
    return Claims(**kept["claims"])


def forget_pending(request: HttpRequest) -> None:
    request.session.pop(PENDING, None)


def new_sign_out_state(request: HttpRequest) -> str:
    state = request.session[SIGN_OUT_STATE] = get_random_string(RANDOM_SIZE)
    return state


def check_sign_out_state(request: HttpRequest) -> None:
    state = request.session.pop(SIGN_OUT_STATE, None)
    if not state or request.GET.get("state") != state:
        raise SignOutUnknown
