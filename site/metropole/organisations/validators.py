"""Checks of what identifies an organisation: INSEE's SIREN and SIRET, its postal code, its e-mail domains."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siren, siret

from .public_mail import PUBLIC_MAIL_DOMAINS

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def validate_siren(value: str) -> None:
    """Raises ``ValidationError`` unless the value is 9 digits with a right Luhn key."""
    if not _is_valid(siren, value):
        raise ValidationError(_("This SIREN is not valid: 9 digits, e.g. 200054781. Check for a mistyped digit."))


def validate_siret(value: str) -> None:
    """Raises ``ValidationError`` unless the value is 14 digits with right keys (La Poste's exception included)."""
    if not _is_valid(siret, value):
        raise ValidationError(_("This SIRET is not valid: 14 digits, e.g. 20005478100022. Check for a mistyped digit."))


def validate_postal_code(value: str) -> None:
    if not (len(value) == 5 and value.isascii() and value.isdigit()):
        raise ValidationError(_("A postal code has 5 digits, e.g. 93100."))


def validate_email_domain(value: str) -> None:
    """Refuses what is no domain, and those of providers that anybody may be a client of."""
    if not _DOMAIN.fullmatch(value):
        raise ValidationError(_("Write what follows the @ alone, e.g. ville-antony.fr."))
    if value in PUBLIC_MAIL_DOMAINS:
        raise ValidationError(_("Anybody may have an address at %(domain)s.") % {"domain": value})


def _is_valid(number, value: str) -> bool:
    # All zeros pass the key's arithmetic and belong to nobody.
    if not value.isascii() or not value.isdigit() or not value.strip("0"):
        return False
    try:
        return number.validate(value) == value
    except NumberError:
        return False
