"""Names of files as people see them, and as the disk does."""

import re
import unicodedata
from secrets import token_hex
from typing import TYPE_CHECKING

from django.utils.text import slugify

if TYPE_CHECKING:
    from ..models import ContributedFile

FOLDER = "documents/contributions"
LONGEST_NAME = 120
_SHORT_NAME = 40
_LONGEST_EXTENSION = 5
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(given: str, extension: str) -> str:
    """A name to show, with the extension that its content calls for: no folder, nothing that hides what it is."""
    last = re.split(r"[/\\]", given)[-1]
    shown = "".join(character for character in unicodedata.normalize("NFC", last) if _is_plain(character))
    stem, dot, typed = _FORBIDDEN.sub(" ", shown).rpartition(".")
    if not dot or len(typed) > _LONGEST_EXTENSION:
        stem = shown
    stem = _cut(" ".join(_FORBIDDEN.sub(" ", stem).split()).strip(". "))
    return f"{stem or 'document'}.{extension}"


def stored_name(file: "ContributedFile", name: str) -> str:
    """Where it lies: nobody can guess it, and two files never have the same."""
    stem, _dot, extension = name.rpartition(".")
    return f"{FOLDER}/{token_hex(8)}/{slugify(stem)[:_SHORT_NAME] or 'document'}.{extension}"


def _is_plain(character: str) -> bool:
    # Neither control characters nor those that reverse the direction of a text, as in "fdp.exe" read "exe.pdf".
    return unicodedata.category(character)[0] != "C"


def _cut(stem: str) -> str:
    """As long as every file system takes it, in whole characters."""
    return stem.encode()[:LONGEST_NAME].decode(errors="ignore").strip(". ")
