"""Production: the base as it stands, and a refusal to start without what only the operator knows."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import ALLOWED_HOSTS, RESPONSE_KEYS, SECRET_KEY, SITE_URL

if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set: give it a long random value that stays the same between restarts."
    )
if not RESPONSE_KEYS:
    raise ImproperlyConfigured(
        "RESPONSE_KEYS is not set: responses to needs are sealed with it. Make a key with "
        "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())' and keep it apart "
        "from the database's backups: without it, no response can be read."
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the site's host, such as innovation.example.org.")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "SITE_URL is not set, or not to an https address: give the site's, such as https://innovation.example.org."
    )
