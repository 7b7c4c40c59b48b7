from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from . import config

REQUIRED = ("PROCONNECT_CLIENT_ID", "PROCONNECT_CLIENT_SECRET", "PROCONNECT_ISSUER")


@checks.register
def check_proconnect(**kwargs) -> list[checks.Error]:
    """What is configured by half would be off without a word."""
    errors = []
    missing = [name for name in REQUIRED if not getattr(settings, name)]
    if missing and len(missing) < len(REQUIRED):
        errors.append(checks.Error(f"ProConnect also needs {' and '.join(missing)}.", id="accounts.E001"))
    if config.is_on() and urlsplit(settings.PROCONNECT_ISSUER).scheme != "https" and not settings.DEBUG:
        errors.append(checks.Error("PROCONNECT_ISSUER must begin with https://.", id="accounts.E002"))
    if unknown := set(settings.PROCONNECT_ALGORITHMS) - set(config.SUPPORTED_ALGORITHMS):
        errors.append(checks.Error(f"PROCONNECT_ALGORITHMS: {', '.join(unknown)} is refused.", id="accounts.E003"))
    return errors
