"""The order of a French dictionary, the same on every database: « Épinay » before « Est », « cote » before « côté ».

A migration gives it to PostgreSQL, from ICU. SQLite is taught it at each connection; its command-line tool is not,
and can't sort names.
"""

from functools import lru_cache
from typing import Any
from unicodedata import combining, normalize

from django.db.backends.base.base import BaseDatabaseWrapper

FRENCH = "french"

# Before all digits and letters, in ICU's order.
_MARKS = " _-–—,;:!?.·'‘’\"“”«»()[]{}@*/\\&#%°+<=>$€"
_LETTERS = str.maketrans({mark: chr(rank) for rank, mark in enumerate(_MARKS, start=1)} | {"œ": "oe", "æ": "ae"})


@lru_cache(maxsize=4096)
def dictionary_key(text: str) -> tuple[str, ...]:
    """Sorts texts by their letters; accents, then small before capital letters decide between the same letters."""
    accented = normalize("NFKD", text).casefold()
    bare = "".join(character for character in accented if not combining(character))
    return bare.translate(_LETTERS), accented, text.swapcase(), text


def teach_sqlite(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receives Django's ``connection_created``."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(FRENCH, _compare)


def _compare(one: str, other: str) -> int:
    first, second = dictionary_key(one), dictionary_key(other)
    return (first > second) - (first < second)
