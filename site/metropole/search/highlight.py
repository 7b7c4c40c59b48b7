"""Where the reader's words stand in a result: escaped HTML in which they alone are marked."""

from collections.abc import Set

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import Analyzer

EXTRACT_LENGTH = 260
_BEFORE_MATCH = 60


def marked(text: str, tokens: Set[str], analysis: Analyzer) -> SafeString:
    """The text, escaped, with every word whose token is looked for inside ``<mark>``."""
    if not tokens:
        return escape(text)
    pieces: list[str] = []
    end = 0
    for token in analysis.located(text):
        if token.text in tokens:
            pieces += (escape(text[end : token.start]), "<mark>", escape(text[token.start : token.end]), "</mark>")
            end = token.end
    pieces.append(escape(text[end:]))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece of the text is escaped above)


def extract(summary: str, text: str, tokens: Set[str], analysis: Analyzer) -> SafeString:
    """The summary, marked; when the words stand further on, or in the text alone, the passage that holds the first."""
    passage = shortened(summary)
    if tokens and analysis.first_match(passage, tokens) is None:
        match = analysis.first_match(text, tokens)
        passage = passage if match is None else _passage(text, match)
    return marked(passage, tokens, analysis)


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
