"""Two people, or two tabs, write the same contribution: who saves later never overwrites what they have not seen.

A form says what each of its fields held when it was given (``Seen``: a digest by field). When it comes back, a field
that somebody else has changed meanwhile is only in conflict if it was changed here as well, and differently.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Typed = str | list[str]
Seen = Mapping[str, str]

_WORDS = re.compile(r"\S+\s*|\s+")
_MOST_WORDS = 3_000
"""Beyond, finding out which words differ would take longer than anybody waits: the whole text is shown as other."""


@dataclass(frozen=True)
class Conflict:
    """A field that two have changed differently since they were given it."""

    field: str
    theirs: Typed
    yours: Typed


@dataclass(frozen=True)
class Merge:
    """What becomes of the data, the fields in conflict (left as they stood), and what the form now knows."""

    data: dict[str, Typed]
    conflicts: list[Conflict]
    seen: dict[str, str]


def digest(value: Typed | None) -> str:
    """The same for the same value; nothing at all is the same as never asked."""
    return blake2b(repr(value or "").encode(errors="replace"), digest_size=8).hexdigest()


def merge(stored: Mapping[str, Typed], typed: Mapping[str, Typed], seen: Seen) -> Merge:
    """Puts what somebody typed into what is stored, by field."""
    data, conflicts, known = dict(stored), [], {}
    for name, yours in typed.items():
        theirs = stored.get(name, "")
        before, now, own = seen.get(name), digest(theirs), digest(yours)
        if now in (own, before):
            data[name] = yours
            known[name] = own
        elif own != before:
            conflicts.append(Conflict(name, theirs, yours))
            known[name] = before or ""
        else:
            # Changed by somebody else alone. The form still shows what was before.
            known[name] = before
    return Merge(data, conflicts, known)


def marked(text: str, other: str) -> SafeString:
    """A text with the words marked that the other has not, or has otherwise."""
    words, others = _WORDS.findall(text), _WORDS.findall(other)
    if len(words) + len(others) > _MOST_WORDS:
        return format_html_join("", "<mark>{}</mark>", [[text]])
    return format_html_join("", "{}", ([part] for part in _parts(words, others)))


def _parts(words: list[str], others: list[str]) -> Iterator[str]:
    for operation, start, end, _start, _end in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        part = "".join(words[start:end])
        if part:
            yield part if operation == "equal" else format_html_join("", "<mark>{}</mark>", [[part]])
