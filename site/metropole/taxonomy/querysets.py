from django.db import models
from django.utils.translation import get_language
from wagtail.models import Locale


class ThemeQuerySet(models.QuerySet):
    def canonical(self) -> "ThemeQuerySet":
        """The themes themselves, in the site's main language: the ones that content is filed under."""
        return self.filter(locale=Locale.get_default())

    def in_language(self, code: str | None = None) -> "ThemeQuerySet":
        """The themes with their names in one language, the reader's by default."""
        return self.filter(locale__language_code=code or get_language())
