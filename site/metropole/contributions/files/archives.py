"""Archives and office documents, which are archives: what is inside is looked at, and never written anywhere."""

import re
import stat
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from .formats import DOCX, ODP, ODS, ODT, PPTX, XLSX, ZIP, ZIP_MARK, Format
from .refusal import FileRefusedError

MOST_ENTRIES = 1_000
MOST_UNPACKED = 100_000_000
MOST_RATIO = 200
_RATIO_MATTERS_FROM = 2_000_000
_DEEPEST = 3
_CHUNK = 1 << 20
_END_MARK, _END_BYTES = b"PK\x05\x06", 22
_MOST_DIRECTORY = MOST_ENTRIES * 1_024
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_PROGRAM_MARKS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0")
_PROGRAMS = re.compile(
    r"\.(?:exe|com|scr|bat|cmd|ps1|vbs?|vbe|jse?|mjs|wsf|hta|msi|dll|jar|apk|lnk|sh|php\d?|html?|xhtml|svgz?|docm|xlsm|"
    r"pptm|dotm|xltm|iso|img|7z|rar|gz|tar)\Z",
    re.IGNORECASE,
)
_MACROS = re.compile(r"(?:\A|/)(?:vbaProject\.bin|vbaData\.xml|Basic/|Scripts/)", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TYPES = "[Content_Types].xml"
_OPEN_XML = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"presentationml.presentation.main+xml": PPTX,
}
_OPEN_DOCUMENT = {taken.content_type.encode(): taken for taken in (ODT, ODS, ODP)}


@dataclass
class _Budget:
    """What is left to unpack, for an archive and all that it holds."""

    entries: int = MOST_ENTRIES
    size: int = MOST_UNPACKED


def check_archive(file: IO[bytes]) -> Format:
    """An archive's own format: a zip, or the office document that it is. Raises FileRefusedError."""
    return _check(file, _Budget(), depth=1)


def _check(file: IO[bytes], budget: _Budget, depth: int) -> Format:
    if depth > _DEEPEST:
        raise FileRefusedError(_("This archive holds archives within archives."))
    _check_end(file)
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, budget)
            taken = _format(archive)
            for entry in entries:
                _check_entry(archive, entry, taken, budget, depth)
    except (
        BadZipFile,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        struct.error,
    ) as error:
        raise _damaged() from error
    return taken


def _check_end(file: IO[bytes]) -> None:
    """The list of an archive's entries is at its very end, and not longer than it may be, before it is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_BYTES - 0xFFFF))
    tail = file.read()
    place = tail.rfind(_END_MARK)
    if place < 0 or len(tail) - place < _END_BYTES:
        raise _damaged()
    _disk, _first, _here, count, directory, _offset, comment = struct.unpack("<4H2LH", tail[place + 4 :][:18])
    if place + _END_BYTES + comment != len(tail):
        raise _damaged()
    if count > MOST_ENTRIES or directory > _MOST_DIRECTORY:
        raise _too_many()


def _check_entries(entries: list[ZipInfo], budget: _Budget) -> None:
    budget.entries -= len(entries)
    if budget.entries < 0:
        raise _too_many()
    if sum(entry.file_size for entry in entries) > budget.size:
        raise _too_large()
    if len({entry.filename for entry in entries}) < len(entries):
        raise _damaged()


def _check_entry(archive: ZipFile, entry: ZipInfo, taken: Format, budget: _Budget, depth: int) -> None:
    _check_name(entry)
    if entry.flag_bits & _ENCRYPTED:
        raise FileRefusedError(_("This archive is protected by a password: send it without."))
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _damaged()
    if entry.file_size > _RATIO_MATTERS_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        raise _too_large()
    if taken is not ZIP and _MACROS.search(entry.filename):
        raise FileRefusedError(_("This document holds macros: send it without."))
    _check_content(_read(archive, entry, budget), entry.filename, taken, budget, depth)


def _check_content(content: bytes, name: str, taken: Format, budget: _Budget, depth: int) -> None:
    # Office documents hold objects in old formats of their own, which in an archive would be whole documents.
    if content.startswith(_PROGRAM_MARKS if taken is ZIP else _PROGRAM_MARKS[:-1]):
        raise FileRefusedError(_("“%(name)s” in this archive is a program.") % {"name": name})
    if taken is not ZIP and name.endswith((".xml", ".rels")) and _DECLARATION.search(content[:4096]):
        raise _damaged()
    if content.startswith(ZIP_MARK) and _check(BytesIO(content), budget, depth + 1) is ZIP:
        raise FileRefusedError(_("This archive holds archives within archives."))


def _check_name(entry: ZipInfo) -> None:
    # The name as it stands in the archive: Python's own is cut at NUL.
    name = getattr(entry, "orig_filename", entry.filename)
    parts = re.split(r"[/\\]", name)
    if ".." in parts or not parts[0] or _DRIVE.match(name) or "\x00" in name or "\\" in name:
        raise FileRefusedError(_("A name in this archive leads out of it."))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FileRefusedError(_("A name in this archive leads out of it."))
    if _PROGRAMS.search(name):
        raise FileRefusedError(
            _("“%(name)s” in this archive is not taken: no programs, web pages or archives.") % {"name": name}
        )


def _read(archive: ZipFile, entry: ZipInfo, budget: _Budget) -> bytes:
    """What an entry holds, as long as the budget lasts, whatever the archive says of its length."""
    parts = []
    with archive.open(entry) as content:
        while part := content.read(_CHUNK):
            budget.size -= len(part)
            if budget.size < 0:
                raise _too_large()
            parts.append(part)
    return b"".join(parts)


def _format(archive: ZipFile) -> Format:
    names = archive.namelist()
    if names and names[0] == "mimetype":
        declared = _start_of(archive, "mimetype")
        if declared in _OPEN_DOCUMENT:
            return _OPEN_DOCUMENT[declared]
    if _TYPES in names:
        declared = _start_of(archive, _TYPES)
        if b"macroEnabled" in declared:
            raise FileRefusedError(_("This document holds macros: send it without."))
        return next((taken for mark, taken in _OPEN_XML.items() if mark in declared), ZIP)
    return ZIP


def _start_of(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as content:
        return content.read(_CHUNK)


def _damaged() -> FileRefusedError:
    return FileRefusedError(_("This archive is damaged: it cannot be read."))


def _too_large() -> FileRefusedError:
    said = _("This archive is too large once it is unpacked: %(most)d MB at most.")
    return FileRefusedError(said % {"most": MOST_UNPACKED // 1_000_000})


def _too_many() -> FileRefusedError:
    return FileRefusedError(_("This archive holds too many files: %(most)d at most.") % {"most": MOST_ENTRIES})
