"""Production: the base as it stands, and a refusal to start without what only the operator knows."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import ALLOWED_HOSTS, SECRET_KEY, SITE_URL

if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set: give it a long random value that stays the same between restarts."
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the site's host, such as innovation.example.org.")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "SITE_URL is not set, or not to an https address: give the site's, such as https://innovation.example.org."
    )
