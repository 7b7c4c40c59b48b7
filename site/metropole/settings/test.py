"""Tests: the base, in memory, over plain HTTP."""

import tempfile
from pathlib import Path

from .base import *
from .base import CACHES, ELASTICSEARCH_URL, STORAGES

SECRET_KEY = "test-only-key-that-protects-nothing"
RESPONSE_KEYS = ["dGVzdHMtb25seS1rZXktbm90aGluZy1zZWNyZXQhISE="]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"

SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# Tests of the admin sign in without ceremony; those of its door ask for the second factor.
ADMIN_REQUIRES_MFA = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {**CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

_scratch = Path(tempfile.mkdtemp(prefix="metropole-tests-"))
MEDIA_ROOT = _scratch / "media"
PRIVATE_ROOT = _scratch / "private"
SEARCH_INDEX_DIR = _scratch / "index"
# Tests that are about a search server turn to this one; the others run on the index by default.
SEARCH_SERVER_URL, ELASTICSEARCH_URL = ELASTICSEARCH_URL, ""
