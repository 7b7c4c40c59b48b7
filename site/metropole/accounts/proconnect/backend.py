import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jwt
import requests
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import absolutify

from . import config
from .claims import Claims
from .refusals import AnswerUntrusted, CodeRefused, FactorsMissing, Unavailable

logger = logging.getLogger(__name__)

CLOCK_DIFFERENCE_SECONDS = 10
UNUSABLE = (
    requests.RequestException,
    jwt.PyJWTError,
    SuspiciousOperation,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
"""What reading an answer of another shape than expected raises, here and in the library."""
OF_EVERY_TOKEN = ("iss", "aud", "sub")
OF_ID_TOKENS = (*OF_EVERY_TOKEN, "exp", "iat", "nonce")


@dataclass(frozen=True)
class Answer:
    """Who somebody is according to ProConnect, how surely (``acr``), and the token that signs them out there."""

    claims: Claims
    acr: str
    id_token: str


class ProConnectBackend(config.Configured, OIDCAuthenticationBackend):
    """The library's, which trusts a provider more than ProConnect's rules and ours allow."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody: no form of the site leads to ProConnect, only the address to which it sends people back."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """As for passwords: somebody whose account is closed is signed out at once."""
        return ModelBackend.get_user(self, user_id)

    def answer(self, request: HttpRequest, code: str, nonce: str, levels: list[str]) -> Answer:
        """What ProConnect gives for the code that somebody came back with; raises Refusal.

        ``levels``: those of assurance that do (``acr``), all if none.
        """
        with _faults_as_refusals():
            tokens = self._tokens(request, code)
            id_token = self.verify_token(tokens["id_token"], OF_ID_TOKENS)
            if not constant_time_compare(id_token["nonce"], nonce):
                raise AnswerUntrusted
            acr = str(id_token.get("acr", ""))
            if levels and acr not in levels:
                raise FactorsMissing
            userinfo = self.get_userinfo(tokens["access_token"], tokens["id_token"], id_token)
            return Answer(Claims.from_userinfo(userinfo), acr, tokens["id_token"])

    def _tokens(self, request: HttpRequest, code: str) -> dict[str, str]:
        return self.get_token(
            {
                "client_id": self.OIDC_RP_CLIENT_ID,
                "client_secret": self.OIDC_RP_CLIENT_SECRET,
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": absolutify(request, reverse(config.CALLBACK)),
            }
        )

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Signed, and about the person whom the id_token is about: the library takes plain JSON too."""
        response = requests.get(
            self.OIDC_OP_USER_ENDPOINT,
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=config.TIMEOUT_SECONDS,
        )
        response.raise_for_status()
        if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/jwt":
            raise AnswerUntrusted
        userinfo = self.verify_token(response.text, OF_EVERY_TOKEN)
        if userinfo["sub"] != payload["sub"]:
            raise AnswerUntrusted
        return userinfo

    def verify_token(self, token: str, required: tuple[str, ...]) -> dict[str, Any]:
        """What a token says, if ProConnect signed it for this site and it has not expired."""
        algorithm = jwt.get_unverified_header(token)["alg"]
        if algorithm not in config.algorithms():
            raise AnswerUntrusted
        key = self.OIDC_RP_CLIENT_SECRET if algorithm == "HS256" else self.retrieve_matching_jwk(token)
        payload = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=settings.PROCONNECT_ISSUER,
            leeway=CLOCK_DIFFERENCE_SECONDS,
            options={"require": list(required)},
        )
        if isinstance(payload["aud"], list) and payload["aud"] != [self.OIDC_RP_CLIENT_ID]:
            raise AnswerUntrusted
        return payload


@contextmanager
def _faults_as_refusals() -> Iterator[None]:
    """Turns what may go wrong with a provider into a refusal, and keeps what it answered out of the logs."""
    try:
        yield
    except requests.HTTPError as error:
        status = error.response.status_code
        logger.warning("ProConnect answered with status %s", status)
        raise (CodeRefused if status == 400 else AnswerUntrusted) from None
    except (requests.ConnectionError, requests.Timeout) as error:
        logger.warning("ProConnect does not answer: %s", type(error).__name__)
        raise Unavailable from None
    except UNUSABLE as error:
        logger.warning("ProConnect’s answer cannot be used: %s", type(error).__name__)
        raise AnswerUntrusted from None
