from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from wagtail.models import Locale


class CategoryQuerySet(models.QuerySet):
    """Categories that have one row for each language in which they are named, all with the same slug."""

    def canonical(self) -> "CategoryQuerySet":
        """The categories themselves, in the site's main language: the ones that content is filed under."""
        return self.filter(locale=Locale.get_default())

    def in_language(self, code: str | None = None) -> "CategoryQuerySet":
        """Every category once, named in one language (the reader's by default) or, failing that, in the main one."""
        code = code or get_language()
        named = self.model._default_manager.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=code
        )
        return self.filter(Q(locale__language_code=code) | Q(locale=Locale.get_default()) & ~Exists(named))

    def languages(self, slug: str) -> list[str]:
        """The languages in which a category has a name."""
        return list(self.filter(slug=slug).values_list("locale__language_code", flat=True))
