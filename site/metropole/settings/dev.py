"""Development: one process on this machine, plain HTTP, no server beside it."""

from .base import *
from .base import CACHES, LOGGING, STORAGES

DEBUG = True
SECRET_KEY = "development-only-key-that-protects-nothing"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
IS_DEMONSTRATION = True

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
CACHES = {**CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# The journal of what is published would drown the progress of the commands.
LOGGING = {**LOGGING, "loggers": {**LOGGING["loggers"], "wagtail": {"level": "WARNING"}}}
