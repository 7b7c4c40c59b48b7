from django.apps.registry import Apps
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.models import Locale

KEY = "core:languages"
SECONDS = 300


def language_of(locale_id: int) -> str:
    """The code of a locale's language, without a query for each page that is shown."""
    return cache.get_or_set(KEY, _languages, SECONDS)[locale_id]


def site_languages() -> list[tuple[str, str]]:
    """The languages that the site is written in, as choices of a field."""
    return settings.LANGUAGES


def language_name(code: str) -> str:
    """A language's name within a sentence for the reader: "French", but "français" where one writes it so."""
    name = str(get_language_info(code)["name_translated"])
    own_name = get_language_info(get_language())["name_local"]
    return name.lower() if own_name.islower() else name


def forget_languages(**kwargs) -> None:
    """Signal receiver: a locale was saved or deleted."""
    cache.delete(KEY)


def create_locales(apps: Apps, using: str, **kwargs) -> None:
    """Signal receiver, after each migration: every language of the settings has its locale in Wagtail."""
    try:
        locales = apps.get_model("wagtailcore", "Locale").objects.using(using)
    except LookupError:
        return  # Migrated back to before there were locales.
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        locales.get_or_create(language_code=code)
    forget_languages()


def preferred_language(request: HttpRequest) -> str:
    """The first of the site's languages that the browser asks for, or the main one; whatever a cookie says."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "*":
            break
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _languages() -> dict[int, str]:
    return dict(Locale.objects.values_list("pk", "language_code"))
