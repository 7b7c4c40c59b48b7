"""PDF documents: nothing before, nothing behind, and nothing that runs or opens by itself when they are read.

Names may be written in another way (``/J#53``) or stand in compressed objects: both are undone before they are looked
for. What is encrypted cannot be looked into, and is not taken.
"""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .refusal import FileRefusedError

_END = re.compile(rb"%%EOF[\s\0]*\Z")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)(?![A-Za-z])")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z])")
_STREAM = re.compile(rb"stream\r?\n")
_MARKUP = re.compile(rb"<\s*(?:html|script|svg)\b", re.IGNORECASE)
_HEAD, _TAIL = 2048, 1024
_MOST_UNPACKED = 60_000_000
_DICTIONARY = 600


def check_pdf(data: bytes) -> None:
    """Raises FileRefusedError."""
    if not _END.search(data[-_TAIL:]) or _MARKUP.search(data[:_HEAD]):
        raise FileRefusedError(_("This PDF is damaged, or is more than a PDF."))
    if _ENCRYPTED.search(data):
        raise FileRefusedError(_("This PDF is protected: send it without password nor restrictions."))
    for part in (data, *_compressed_objects(data)):
        if _ACTIVE.search(_plain(part)):
            raise FileRefusedError(
                _("This PDF holds a program, a form that sends itself or another file: send it without.")
            )


def _plain(part: bytes) -> bytes:
    """Names as they are read, whichever way they are written."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), part) if b"#" in part else part


def _compressed_objects(data: bytes) -> Iterator[bytes]:
    left = _MOST_UNPACKED
    for match in _STREAM.finditer(data):
        described = _plain(data[max(0, match.start() - _DICTIONARY) : match.start()])
        if b"/ObjStm" not in described or b"/Filter" not in described:
            continue
        unpacked = _unpacked(data, match.end(), left)
        left -= len(unpacked)
        if left <= 0:
            raise FileRefusedError(_("This PDF is too large once it is unpacked."))
        yield unpacked


def _unpacked(data: bytes, start: int, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(memoryview(data)[start:], most)
    except zlib.error as error:
        raise FileRefusedError(_("This PDF is damaged, or is more than a PDF.")) from error
