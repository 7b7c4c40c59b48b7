"""Finds what of a page is neither translated nor content: the words outside the marks of both."""

import re
from html.parser import HTMLParser

from django.utils import translation

OPEN, CLOSE = "⟦⟪", "⟧⟫"
READ_ALOUD = {"title", "alt", "aria-label", "aria-description", "placeholder", "label", "data-hint"}
DESCRIPTIONS = {"description", "og:title", "og:description", "og:site_name"}
_ADDRESS = re.compile(r"[a-z.-]+/\S*")
_NO_WORDS = re.compile(r"\b[0-9a-f]{64}\b|\S+@\S+")
"""Digests, and the addresses of people who have given no name."""
_WORD = re.compile(r"[^\W\d_]+")


def content(text: str) -> str:
    """A text of the database."""
    return f"⟪{text}⟫"


def mark_translations(monkeypatch) -> None:
    """Has every translation give its English text between marks; addresses stay those of the language."""
    own = translation._trans
    in_use = {name: getattr(own, name) for name in ("gettext", "pgettext", "ngettext", "npgettext")}

    def gettext(message: str) -> str:
        # An empty message asks for the catalogue's own description.
        return in_use["gettext"](message) if not message or _ADDRESS.fullmatch(message) else f"⟦{message}⟧"

    monkeypatch.setattr(own, "gettext", gettext)
    monkeypatch.setattr(own, "pgettext", lambda context, message: gettext(message))
    monkeypatch.setattr(own, "ngettext", lambda one, many, number: gettext(one if number == 1 else many))
    monkeypatch.setattr(own, "npgettext", lambda context, one, many, number: gettext(one if number == 1 else many))


class UntranslatedWords(HTMLParser):
    """The words of a page that stand between no marks, with what is allowed to left out."""

    def __init__(self, page: str, allowed: frozenset[str], within: str = "") -> None:
        super().__init__()
        self.found: list[str] = []
        self._allowed, self._within = allowed, within
        self._depth, self._silent, self._inside = 0, 0, 0
        self.feed(page)
        self.close()
        assert self._depth == 0, "The marks of this page do not come in pairs."

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self._inside += tag == self._within
        given = dict(attributes)
        spoken = [given[name] for name in READ_ALOUD if given.get(name)]
        if tag == "meta" and (given.get("name") or given.get("property")) in DESCRIPTIONS:
            spoken.append(given["content"])
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            spoken.append(given.get("value", ""))
        for text in spoken:
            self._look(text, 0)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")
        self._inside -= tag == self._within

    def handle_data(self, data: str) -> None:
        # A word looked for splits a text: its marks stand in other pieces of it.
        if not self._silent:
            self._depth = self._look(data, self._depth)

    def _look(self, text: str, depth: int) -> int:
        outside = ""
        for character in text:
            depth += (character in OPEN) - (character in CLOSE)
            outside += character if depth == 0 and character not in CLOSE else " "
        words = [word for word in _WORD.findall(_NO_WORDS.sub("", outside)) if word not in self._allowed]
        if words and (self._inside or not self._within):
            self.found.append(" ".join(outside.split()))
        return depth
