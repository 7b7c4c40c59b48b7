"""Production with what the benchmark of servers needs besides: a table for Wagtail's own search, and its page."""

from metropole.settings.production import *  # noqa: F403
from metropole.settings.production import INSTALLED_APPS, LOGGING, WAGTAILSEARCH_BACKENDS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench"]
ROOT_URLCONF = "tests.bench.urls"
# Wagtail's at its best: PostgreSQL knows French word forms (SQLite has no such setting, and ignores it).
WAGTAILSEARCH_BACKENDS = {"default": {**WAGTAILSEARCH_BACKENDS["default"], "SEARCH_CONFIG": "french"}}
# A line for each request sent to the server would be measured along.
LOGGING = {**LOGGING, "root": {**LOGGING["root"], "level": "WARNING"}}
