"""Entry point of the WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metropole.settings.production")
application = get_wsgi_application()

# What needs the applications to be ready.
from django.db import connections  # noqa: E402

from metropole.search.health import report  # noqa: E402

report()
connections.close_all()
