from django.core.cache import cache
from wagtail.models import Locale

KEY = "core:languages"
SECONDS = 300


def language_of(locale_id: int) -> str:
    """The code of a locale's language, without a query for each page that is shown."""
    return cache.get_or_set(KEY, _languages, SECONDS)[locale_id]


def forget_languages(**kwargs) -> None:
    """Signal receiver: a locale was saved or deleted."""
    cache.delete(KEY)


def _languages() -> dict[int, str]:
    return dict(Locale.objects.values_list("pk", "language_code"))
