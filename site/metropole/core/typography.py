"""French text as French typography sets it: apostrophes, quotation marks and the spaces that must not break.

The rules change no letter, no digit and no address, and leave what is set already as it is.
"""

import re

from django.utils.safestring import SafeString

NO_BREAK, NARROW = "\u00a0", "\u202f"
DOUBLE_MARKS = frozenset(":;!?»")
_SPACE_CHARACTERS = f" {NO_BREAK}{NARROW}"
_SPACES = f"[{_SPACE_CHARACTERS}]"

# Each expression begins with the rare characters that it is about, so that a long text is searched at once.
_ADDRESS_MARKS = ("://", "@", "www.", "mailto:")
_ADDRESS = re.compile(r"((?:https?://|www\.|mailto:)[^\s«»<>\"]+|[\w.+-]+@[\w.-]+\w)")
_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_]|\Z)")
_ESCAPED_APOSTROPHE = re.compile(r"&#(?:x27(?<=[^\W\d_]&#x27)|39(?<=[^\W\d_]&#39));(?=[^\W\d_]|\Z)")
_ELLIPSIS = re.compile(r"\.\.\.(?<!\.\.\.\.)(?!\.)")
_QUOTED = re.compile(r'"(?<![\w"]")(?=\S)([^"\n]+)"(?<=\S")(?![\w"])')
_OPENING = re.compile(f"«{_SPACES}*(?!&nbsp;)")
_MARK = re.compile(r"([&:;!?»](?:(?<=&)#?\w+;)?)")
_DIGIT = re.compile(r"[0-9]")
_GROUPS = re.compile(rf"[0-9](?<![0-9.,][0-9])[0-9]{{0,2}}(?:{_SPACES}[0-9]{{3}})+(?![0-9])")
_SYMBOL = re.compile(rf"[0-9]{_SPACES}?(?=%|(?:k|M|Md)?€)")
_UNIT = re.compile(r"[0-9] (?=(?:k?m[²³]?|[cm]m|ha|h|min|s|t|k?g|[kMGT]?Wh?|[kMGT]o|[kMGT]bit/s|°C)(?![\w’']))")
_TAG = re.compile(r"""(<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_VERBATIM = re.compile(r"<(/?)(?:code|pre|kbd|samp|script|style|textarea)\b", re.IGNORECASE)


def typeset(value: str | None, language: str) -> str | None:
    """A text as the typography of its language sets it: markup where it is safe, plain text where it is not."""
    if not value or language != "fr":
        return value
    return SafeString(typeset_html(value)) if isinstance(value, SafeString) else typeset_text(str(value))


def typeset_text(text: str) -> str:
    """A plain text, as French typography sets it."""
    # An apostrophe at the end of a piece of HTML elides before a tag; at the end of a text it ends a quotation.
    return _typeset(text.removesuffix("'"), is_html=False) + "'" * text.endswith("'")


def typeset_html(html: str) -> str:
    """The texts of an HTML fragment, set; tags, attributes, entities and code stay as they are."""
    pieces = _TAG.split(html)
    verbatim = 0
    for place, piece in enumerate(pieces):
        if place % 2:
            held = _VERBATIM.match(piece)
            verbatim += (-1 if held[1] else 1) if held else 0
        elif piece and verbatim <= 0:
            pieces[place] = _typeset(piece, is_html=True)
    return "".join(pieces)


def _typeset(text: str, is_html: bool) -> str:
    """The text set around its URLs and e-mail addresses."""
    if not any(mark in text for mark in _ADDRESS_MARKS):
        return _set(text, is_html)
    pieces = _ADDRESS.split(text)
    pieces[::2] = [_set(piece, is_html) for piece in pieces[::2]]
    return "".join(pieces)


def _set(text: str, is_html: bool) -> str:
    if is_html and "&#" in text:
        text = _ESCAPED_APOSTROPHE.sub("’", text)
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if '"' in text:
        text = _QUOTED.sub(rf"«{NO_BREAK}\1{NO_BREAK}»", text)
    if "«" in text:
        text = _OPENING.sub(f"«{NO_BREAK}", text)
    text = _with_spaced_marks(text)
    return _with_numbers_kept_together(text) if _DIGIT.search(text) else text


def _with_spaced_marks(text: str) -> str:
    """The text with the space that stands before each double mark, and before a closing quotation mark."""
    pieces = _MARK.split(text)
    for place in range(1, len(pieces), 2):
        if pieces[place] in DOUBLE_MARKS:
            pieces[place - 1], pieces[place] = _spaced(pieces[place - 1], pieces[place], pieces[place + 1])
    return "".join(pieces)


def _spaced(before: str, mark: str, after: str) -> tuple[str, str]:
    word = before.rstrip(_SPACE_CHARACTERS)
    space = NO_BREAK if mark in ":»" else NARROW
    ends_word = not after or after[0].isspace()
    if word != before:
        return (word, space + mark) if mark != ":" or ends_word else (before, mark)
    if mark == "»":
        return before, (space if before else "") + mark
    may_be_spaced = ends_word and (word[-1:].isalnum() or word[-1:] in tuple(")]%…€"))
    return before, (space if may_be_spaced else "") + mark


def _with_numbers_kept_together(text: str) -> str:
    text = _GROUPS.sub(lambda match: NARROW.join(re.split(_SPACES, match[0])), text)
    text = _SYMBOL.sub(lambda match: match[0][0] + NO_BREAK, text)
    return _UNIT.sub(lambda match: match[0][0] + NO_BREAK, text)
