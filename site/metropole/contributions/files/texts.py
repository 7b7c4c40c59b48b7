"""Plain texts and tables: readable as UTF-8, and nothing that a browser or a system would run."""

import codecs
import re
from typing import IO

from django.utils.translation import gettext as _

from .formats import not_taken
from .refusal import FileRefusedError

_CHUNK = 1 << 20
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"<\s*(?:!doctype|\?xml|html|head|body|script|svg|iframe|object|embed)\b", re.IGNORECASE)
_OTHERS = ("#!", "GIF8", "%PDF", "%!PS", "{\\rtf")


def check_text(file: IO[bytes]) -> None:
    """Raises FileRefusedError."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    end = ""
    is_first = True
    try:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            _look(text, end, is_first)
            end, is_first = text[-20:], False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise FileRefusedError(_("This text is not in UTF-8: save it so, and send it again.")) from error


def _look(text: str, before: str, is_first: bool) -> None:
    if is_first and text.lstrip().startswith(_OTHERS):
        raise not_taken()
    if _CONTROL.search(text):
        raise not_taken()
    if _MARKUP.search(before + text):
        raise FileRefusedError(_("This file holds markup (HTML, XML or SVG) in the place of plain text."))
