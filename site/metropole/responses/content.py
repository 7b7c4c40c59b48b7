"""What a response says, as it is sealed.

A draft: {"answers": {field: typed}, "words": {key: criterion}, "files": [entry]}, as it was typed. What is deposited:
{"need": key, "answers": {field: value}, "criteria": [{"key", "text", "kind"}], "solutions": [{"key", "title"}],
"files": [entry]}, complete and cleaned. Of a file the entry holds "id", "name", "title", "sha256" and "size".
"""

from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Any

from metropole.board.models import Need, NeedText

from .sealing import as_bytes

Content = dict[str, Any]
PREFIX = "criterion-"
"""Of the fields that answer a criterion: its key follows."""


@dataclass(frozen=True)
class Criterion:
    """A criterion that is answered. Its key is that of its words: other words are another criterion."""

    text: str
    is_essential: bool

    @property
    def key(self) -> str:
        return key_of(self.text)

    @property
    def field(self) -> str:
        return f"{PREFIX}{self.key}"


def key_of(text: str) -> str:
    return blake2b(" ".join(text.split()).encode(), digest_size=6).hexdigest()


def criteria_of(need: Need) -> list[Criterion]:
    """Those of the published need in its authority's own words, each once, the essential ones first."""
    text = NeedText.objects.filter(need=need, locale__language_code=need.language).first()
    if text is None:
        return []
    lines = [*((line, True) for line in text.essential), *((line, False) for line in text.desirable)]
    found: dict[str, Criterion] = {}
    for line, is_essential in lines:
        criterion = Criterion(line, is_essential)
        found.setdefault(criterion.key, criterion)
    return list(found.values())


def digest_of(content: Content) -> str:
    """The SHA-256 of what was deposited, its files included by theirs."""
    return sha256(as_bytes(content)).hexdigest()


def hashes_of(content: Content) -> list[str]:
    """The SHA-256 of each file, in the order of the response."""
    return [entry["sha256"] for entry in content.get("files", [])]
