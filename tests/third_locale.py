"""Settings of a site in three languages: those of the tests, and one line."""

from metropole.settings.test import *
from metropole.settings.test import LANGUAGES

LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [*LANGUAGES, ("es", "Español")]
