"""Entry point of the WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metropole.settings.production")
application = get_wsgi_application()

from metropole.search.health import report  # noqa: E402 - needs the applications to be ready

report()
