"""Where the reader's words stand in a result: escaped HTML in which they alone are marked."""

from collections.abc import Set
from html import escape

from django.utils.safestring import SafeString

from .analysis import Analyzer

EXTRACT_LENGTH = 260
_BEFORE_MATCH = 60


def marked(text: str, tokens: Set[str], analysis: Analyzer) -> SafeString:
    """The text, escaped, with every word whose token is looked for inside ``<mark>``."""
    pieces: list[str] = []
    last = 0
    for start, end in analysis.matches(text, tokens) if tokens else ():
        pieces += (escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>")
        last = end
    pieces.append(escape(text[last:]))
    return SafeString("".join(pieces))


def extract(summary: str, text: str, tokens: Set[str], analysis: Analyzer) -> SafeString:
    """The summary, marked; when the words stand further on, or in the text alone, the passage that holds the first."""
    html = marked(shortened(summary), tokens, analysis)
    if not tokens or "<mark>" in html:
        return html
    match = next(analysis.matches(text, tokens), None)
    return html if match is None else marked(_passage(text, match.start), tokens, analysis)


def shortened(text: str) -> str:
    """The beginning of a text, cut between two words."""
    return text if len(text) <= EXTRACT_LENGTH else f"{text[:EXTRACT_LENGTH].rsplit(None, 1)[0]} …"


def _passage(text: str, match: int) -> str:
    start = max(0, match - _BEFORE_MATCH)
    if start:
        # From the next word on: a passage begins with a whole word.
        blank = text.find(" ", start, match)
        start = blank + 1 if blank >= 0 else match
    before = "… " if start else ""
    return before + shortened(" ".join(text[start : start + EXTRACT_LENGTH * 2].split()))
