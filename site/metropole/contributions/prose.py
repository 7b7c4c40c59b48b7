"""What people type in a large field, and the prose that is kept of it: paragraphs, lists, addresses that are links.

An empty line ends a paragraph; lines that begin with "- " or with a number make a list. Nothing typed is ever HTML.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby

from django.utils.html import escape
from django.utils.text import normalize_newlines

_BULLET = re.compile(r"[-–•*] +(?=\S)")
_NUMBER = re.compile(r"\d{1,3}[.)] +(?=\S)")
_ADDRESS = re.compile(r"https?://[^\s<>\"«»“”]{1,2000}")
_ENDS_SENTENCE = ".,;:!?)…"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\r\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n")


def to_html(typed: str) -> str:
    """The prose that a typed text stands for."""
    text = _UNPRINTABLE.sub("", normalize_newlines(typed)).strip()
    blocks = _BLANK_LINES.split(text) if text else []
    return "".join(html for block in blocks for html in _block(block.split("\n")))


def to_text(html: str) -> str:
    """Prose as one would type it. Bold, italics and what a link is called besides its address are left out."""
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return reader.text()


def _block(lines: list[str]) -> Iterator[str]:
    for tag, group in groupby((_SPACES.sub(" ", line).strip() for line in lines), _kind):
        items = [line for line in group if line]
        if not items:
            continue
        if tag == "p":
            yield f"<p>{'<br/>'.join(map(_linked, items))}</p>"
        else:
            marker = _BULLET if tag == "ul" else _NUMBER
            written = "".join(f"<li>{_linked(marker.sub('', item, count=1))}</li>" for item in items)
            yield f"<{tag}>{written}</{tag}>"


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "ul"
    return "ol" if _NUMBER.match(line) else "p"


def _linked(line: str) -> str:
    parts, end = [], 0
    for match in _ADDRESS.finditer(line):
        address = match[0].rstrip(_ENDS_SENTENCE)
        parts += [escape(line[end : match.start()]), f'<a href="{escape(address)}">{escape(address)}</a>']
        end = match.start() + len(address)
    return "".join([*parts, escape(line[end:])])


class _Reader(HTMLParser):
    """Turns prose back into lines."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[str] = []
        self._line = ""
        self._list: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._numbers: list[int] = []

    def text(self) -> str:
        self._end_block()
        return "\n\n".join(self._blocks)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._end_block()
            self._numbers.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._end_item()
            self._line = self._marker()
        elif tag == "br":
            self._line = self._line.rstrip() + ("\n" if not self._numbers else " ")
        elif tag == "a":
            self._links.append((dict(attributes).get("href") or "", len(self._line)))
        elif tag in ("p", "div", "h2", "h3", "h4") and not self._numbers:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._end_block()
            if self._numbers:
                self._numbers.pop()
        elif tag == "li":
            self._end_item()
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag in ("p", "div", "h2", "h3", "h4") and not self._numbers:
            self._end_block()

    def handle_data(self, data: str) -> None:
        words = _SPACES.sub(" ", data)
        self._line += words.lstrip(" ") if not self._line or self._line[-1:] in "\n " else words

    def _marker(self) -> str:
        if not self._numbers or self._numbers[-1] < 0:
            return "- "
        self._numbers[-1] += 1
        return f"{self._numbers[-1]}. "

    def _end_link(self, address: str, start: int) -> None:
        if address.startswith(("http://", "https://")) and self._line[start:].strip() != address:
            self._line = f"{self._line.rstrip()} ({address})"

    def _end_item(self) -> None:
        if line := self._line.strip():
            self._list.append(line)
        self._line = ""

    def _end_block(self) -> None:
        if self._numbers:
            self._end_item()
        if self._list:
            self._blocks.append("\n".join(self._list))
        elif line := self._line.strip():
            self._blocks.append(line)
        self._list, self._line = [], ""
