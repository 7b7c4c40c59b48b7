"""The language in which the reader reads the site, and languages as sentences name them."""

from django.conf import settings
from django.utils.translation import get_language, get_language_info, get_supported_language_variant


def reader_language() -> str:
    """One of the site's languages: the reader's, or else the main one."""
    try:
        return get_supported_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        return settings.LANGUAGE_CODE


def language_name(code: str) -> str:
    """A language within a sentence in the reader's own: "anglais", but "French"."""
    try:
        name, readers_own = get_language_info(code)["name_translated"], get_language_info(reader_language())
    except KeyError:
        return code
    # Each language's own name is written as its sentences write the names of languages, with or without a capital.
    return str(name).lower() if readers_own["name_local"].islower() else str(name)
