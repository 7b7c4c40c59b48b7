import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .refusals import AnswerUntrusted

LONGEST = 255
LONGEST_NAME = 150
LONGEST_EMAIL = 254
SIRET = re.compile(r"[0-9]{14}")


@dataclass(frozen=True)
class Claims:
    """What ProConnect says of a person, once it is known to come from there."""

    sub: str
    email: str
    first_name: str
    last_name: str
    siret: str

    @classmethod
    def from_userinfo(cls, userinfo: Mapping[str, Any]) -> Self:
        """Raises AnswerUntrusted without what a person is known by: the rest may be missing."""
        email = _text(userinfo, "email").strip()
        sub = _text(userinfo, "sub")
        if not sub or len(sub) > LONGEST or len(email) > LONGEST_EMAIL:
            raise AnswerUntrusted
        try:
            validate_email(email)
        except ValidationError:
            raise AnswerUntrusted from None
        siret = _text(userinfo, "siret")
        return cls(
            sub=sub,
            email=email,
            first_name=_text(userinfo, "given_name")[:LONGEST_NAME],
            last_name=_text(userinfo, "usual_name")[:LONGEST_NAME],
            siret=siret if SIRET.fullmatch(siret) else "",
        )


def _text(userinfo: Mapping[str, Any], name: str) -> str:
    value = userinfo.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""
