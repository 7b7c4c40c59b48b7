"""Checks of the identifiers that INSEE gives to legal units (SIREN) and their establishments (SIRET)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siren, siret


def validate_siren(value: str) -> None:
    """Raises ``ValidationError`` unless the value is 9 digits with a right Luhn key."""
    if not _is_valid(siren, value):
        raise ValidationError(_("This SIREN is not valid: 9 digits, e.g. 200054781. Check for a mistyped digit."))


def validate_siret(value: str) -> None:
    """Raises ``ValidationError`` unless the value is 14 digits with right keys (La Poste's exception included)."""
    if not _is_valid(siret, value):
        raise ValidationError(_("This SIRET is not valid: 14 digits, e.g. 20005478100022. Check for a mistyped digit."))


def _is_valid(number, value: str) -> bool:
    # All zeros pass the key's arithmetic and belong to nobody.
    if not value.isascii() or not value.isdigit() or not value.strip("0"):
        return False
    try:
        return number.validate(value) == value
    except NumberError:
        return False
