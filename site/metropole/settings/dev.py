"""Development: one process on this machine, plain HTTP, no server beside it."""

import os

# Messages are printed, unless they are wanted elsewhere.
os.environ.setdefault("EMAIL_URL", "consolemail://")

from .base import *
from .base import CACHES, LOGGING, STORAGES

DEBUG = True
SECRET_KEY = "development-only-key-that-protects-nothing"
RESPONSE_KEYS = ["ZGV2ZWxvcG1lbnQtb25seS1rZXktbm8tc2VjcmV0ISE="]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
IS_DEMONSTRATION = True

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# The demonstration's accounts enter the admin by their password alone.
ADMIN_REQUIRES_MFA = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
CACHES = {**CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# Quiet: the journal of what is published would drown the commands' progress, and nobody's search is written down.
QUIET = {"wagtail": {"level": "WARNING"}, "django.server": {"level": "ERROR"}}
LOGGING = {**LOGGING, "loggers": {**LOGGING["loggers"], **QUIET}}
