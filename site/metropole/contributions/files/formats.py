"""The formats that the site takes, and how a file is seen to be in one: by what it holds, never by its name."""

from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from .refusal import FileRefusedError

HEAD_BYTES = 1024


@dataclass(frozen=True)
class Format:
    extension: str
    content_type: str
    is_shown: bool = False
    """Whether browsers may show it themselves; others are only downloaded."""


PDF = Format("pdf", "application/pdf", is_shown=True)
PNG = Format("png", "image/png", is_shown=True)
JPEG = Format("jpg", "image/jpeg", is_shown=True)
WEBP = Format("webp", "image/webp", is_shown=True)
ZIP = Format("zip", "application/zip")
TEXT = Format("txt", "text/plain; charset=utf-8")
CSV = Format("csv", "text/csv; charset=utf-8")
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
DOCX = Format("docx", f"{_OPEN_XML}.wordprocessingml.document")
XLSX = Format("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet")
PPTX = Format("pptx", f"{_OPEN_XML}.presentationml.presentation")
ODT = Format("odt", "application/vnd.oasis.opendocument.text")
ODS = Format("ods", "application/vnd.oasis.opendocument.spreadsheet")
ODP = Format("odp", "application/vnd.oasis.opendocument.presentation")

IMAGES = (PNG, JPEG, WEBP)
OFFICE = (DOCX, XLSX, PPTX, ODT, ODS, ODP)
ALL = (PDF, *IMAGES, *OFFICE, CSV, TEXT, ZIP)
ACCEPTED = ",".join(f".{taken.extension}" for taken in (*ALL, Format("jpeg", "")))

ZIP_MARK = b"PK\x03\x04"


def by_first_bytes(file: IO[bytes], name: str) -> Format:
    """The format that a file begins as; office files begin as archives. Raises FileRefusedError."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(ZIP_MARK):
        return ZIP
    if head and b"\x00" not in head:
        return CSV if name.lower().endswith(".csv") else TEXT
    raise not_taken()


def not_taken() -> FileRefusedError:
    return FileRefusedError(
        _("Files of this format are not taken. Send a PDF, an image, an office document, a text or a zip archive.")
    )
