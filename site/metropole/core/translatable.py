"""What of a model is written anew in each language, and what is the same in all: the lists that wagtail-localize reads.

Fields stand in the order of the editor's tabs, as translators meet them. What is the same cannot be given another value
in a translation: it comes with the original, at the translation's first publication and at each of the original's.
"""

from wagtail_localize.fields import SynchronizedField, TranslatableField

TranslatableFields = list[TranslatableField | SynchronizedField]


def translated(*names: str) -> TranslatableFields:
    """Fields that translators write: words, and relations to objects that have words of their own."""
    return [TranslatableField(name) for name in names]


def shared(*names: str) -> TranslatableFields:
    """Fields that say the same in every language: dates, places, figures, files, identifiers."""
    return [SynchronizedField(name, overridable=False) for name in names]


PROMOTED: TranslatableFields = [*translated("slug", "seo_title", "search_description"), *shared("show_in_menus")]
"""The fields of every page's "promote" tab."""
