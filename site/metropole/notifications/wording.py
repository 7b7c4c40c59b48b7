"""A piece of news in the words of its reader's language."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .kinds import Kind, kind_named
from .models import Notification

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Said:
    subject: str
    text: str
    reason: str


class _Words(dict):
    """Those given to ``notify``: one that is missing is left out of the text and breaks nothing."""

    def __missing__(self, name: str) -> str:
        return "…"


def said(news: Notification) -> Said:
    """In the language in use. Raises KeyError for a kind that is not in the code any more."""
    kind, words = kind_named(news.kind), _Words(news.words)
    subject, text, reason = (str(words_of) % words for words_of in (kind.subject, kind.text, kind.reason))
    return Said(" ".join(subject.splitlines()), text, reason)


def said_or_apology(news: Notification) -> Said:
    """The same for a page, which shows all the rest whatever has become of a kind."""
    try:
        return said(news)
    except (KeyError, TypeError, ValueError):
        return Said(
            _("News that cannot be shown any more"), _("It was told by a part of the site that has changed."), ""
        )


def faults_of(kind: Kind) -> list[str]:
    """What would keep a kind's texts, as the language in use has them, from being shown."""
    found = []
    known: set[str] = set()
    for name in ("subject", "text", "reason"):
        known |= set(PLACEHOLDER.findall(_source(getattr(kind, name))))
    for name in ("subject", "text", "reason"):
        words = str(getattr(kind, name))
        unknown = set(PLACEHOLDER.findall(words)) - known
        if not words.strip():
            found.append(f"its {name} is empty")
        if unknown or PLACEHOLDER.sub("", words).replace("%%", "").count("%"):
            found.append(f"its {name} cannot be filled: {words}")
    return found


def _source(words: Any) -> str:
    """A text as the code has it, before it is translated."""
    arguments = getattr(words, "_args", None)
    return arguments[0] if arguments else str(words)
