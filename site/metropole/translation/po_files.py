"""PO files, with which translators work outside the site: one that comes back is checked whole before it counts."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polib
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation

from .wording import fault_of

IDENTITY = "X-WagtailLocalize-TranslationID"
PASSAGES = "X-Passages"
MOST_BYTES = 2 * 1024 * 1024
MOST_PROBLEMS = 50

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(rf"\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?{_QUOTED}\s*)?")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a file, and on which line (1 for the file as a whole)."""

    line: int
    reason: str


class RefusedFileError(Exception):
    """A PO file can't be taken; ``problems`` says why, line by line."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{problem.line}: {problem.reason}" for problem in problems))
        self.problems = problems[:MOST_PROBLEMS]


@dataclass(frozen=True)
class Imported:
    """How many passages a file brought, and how many of its passages the original no longer has."""

    written: int
    outdated: int


def exported(translation: Translation) -> polib.POFile:
    """The passages of a translation as a PO file that says how many there are."""
    file = translation.export_po()
    file.metadata[PASSAGES] = str(len([entry for entry in file if not entry.obsolete]))
    return file


def take_back(data: bytes, translation: Translation, user: Any) -> Imported:
    """Writes what a PO file translates. Raises RefusedFileError and changes nothing where any of it can't be taken."""
    entries = list(_checked(data, translation))
    file = polib.POFile()
    file.metadata = {IDENTITY: str(translation.uuid)}
    file.extend(entries)
    with transaction.atomic():
        outdated = translation.import_po(file, user=user, tool_name=_("PO file"))
    return Imported(len(entries) - len(outdated), len(outdated))


def _checked(data: bytes, translation: Translation) -> Iterator[polib.POEntry]:
    file = _parsed(_decoded(data))
    _refuse_another(file, translation)
    entries = [entry for entry in file if not entry.obsolete]
    expected = file.metadata.get(PASSAGES, "")
    if not expected.isdigit() or len(entries) != int(expected):
        last = entries[-1].linenum if entries else 1
        reason = _("the file has %(found)d of its %(expected)s passages: it was cut")
        raise RefusedFileError(Problem(last, reason % {"found": len(entries), "expected": expected or "?"}))
    translated = [entry for entry in entries if entry.msgstr and not entry.fuzzy]
    problems = [problem for entry in translated if (problem := _problem_of(entry, translation))]
    if problems:
        raise RefusedFileError(*problems)
    yield from translated


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        reason = _("the file is too big: %(limit)d MB at most") % {"limit": MOST_BYTES // 1024 // 1024}
        raise RefusedFileError(Problem(1, reason))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RefusedFileError(Problem(line, _("the text is not encoded in UTF-8"))) from error


def _parsed(text: str) -> polib.POFile:
    for number, line in enumerate(text.splitlines(), start=1):
        # polib takes a string that is not closed, without its last letter.
        if not _LINE.fullmatch(line):
            raise RefusedFileError(Problem(number, _("this line is not of a PO file, or it is cut")))
    # polib reads a file that a text happens to name: it is given the name of one that holds the text.
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".po") as copy:
        copy.write(text)
        copy.flush()
        try:
            return polib.pofile(copy.name, check_for_duplicates=True)
        except (OSError, ValueError) as error:
            found = re.search(r"line (\d+)", str(error))
            reason = _("this is not a PO file, or a passage stands twice in it")
            raise RefusedFileError(Problem(int(found[1]) if found else 1, reason)) from error


def _refuse_another(file: polib.POFile, translation: Translation) -> None:
    identity = file.metadata.get(IDENTITY)
    if identity == str(translation.uuid):
        return
    other = Translation.objects.filter(uuid__in=_uuids(identity)).select_related("source").first()
    reason = (
        _("the file belongs to another page: “%(title)s”") % {"title": other.source.object_repr}
        if other
        else _("the file was not made here for this page: download its PO file and fill that in")
    )
    raise RefusedFileError(Problem(1, reason))


def _uuids(identity: str | None) -> list[str]:
    return [identity] if identity and re.fullmatch(r"[0-9a-f-]{36}", identity) else []


def _problem_of(entry: polib.POEntry, translation: Translation) -> Problem | None:
    segment = (
        StringSegment.objects.filter(
            source_id=translation.source_id, context__path=entry.msgctxt, string__data=entry.msgid
        )
        .select_related("string", "context")
        .first()
    )
    if segment is None:
        # The original has changed since the file was made: its old passages are told apart, and left out.
        return None
    fault = fault_of(segment, entry.msgstr, translation.source.specific_content_type.model_class())
    return Problem(entry.linenum, fault) if fault else None
