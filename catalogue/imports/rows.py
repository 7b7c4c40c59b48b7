"""What a file says, line by line: nothing of it is trusted, and no more of it is held than the lines that are taken."""

import codecs
import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from django.core.files.base import File
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell
from openpyxl.utils.exceptions import InvalidFileException

from metropole.contributions.files.check import checked
from metropole.contributions.files.formats import CSV, TEXT, XLSX
from metropole.contributions.files.refusal import FileRefusedError

from ..formats.table import unguarded
from .columns import KNOWN, READ, REQUIRED, label_of

MOST_LINES = 1_000
MOST_COLUMNS = 300
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BROKEN = (
    BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OverflowError, EOFError, OSError,
)  # fmt: skip
"""What the reader of workbooks raises at one that is not as it should be."""
_DEEPEST = 12
_OF_THE_EXPORT = ("fields", "qualities", "completeness")


@dataclass
class Row:
    """A line: ``values`` by column, as JSON knows them; ``faults`` by column, of what cannot be taken as it stands."""

    number: int
    values: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)


def rows_of(given: File) -> list[Row]:
    """The lines of an XLSX, JSON or CSV file. Raises FileRefusedError where the file as a whole cannot be taken."""
    taken = checked(given).format
    if taken is XLSX:
        lines = _of_workbook(given)
    elif taken is CSV:
        lines = _of_csv(given)
    elif taken is TEXT:
        lines = _of_json(given)
    else:
        raise FileRefusedError(_("Send an XLSX, JSON or CSV file: this is none."))
    rows = list(_counted(lines))
    if not rows:
        raise FileRefusedError(_("This file holds no sheet."))
    return rows


def _counted(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count > MOST_LINES:
            raise FileRefusedError(_("%(most)d sheets at most in a file: divide it.") % {"most": MOST_LINES})
        yield row


def _of_workbook(given: File) -> Iterator[Row]:
    """The first worksheet, read a line at a time."""
    given.seek(0)
    workbook = None
    try:
        workbook = load_workbook(given, read_only=True, keep_links=False)
        worksheet = workbook.worksheets[0]
        worksheet.reset_dimensions()
        yield from _of_lines(worksheet.iter_rows())
    except FileRefusedError:
        raise
    except _BROKEN as error:
        raise FileRefusedError(_("This workbook is damaged: it cannot be read.")) from error
    finally:
        if workbook:
            workbook.close()


def _of_lines(lines: Iterator[tuple]) -> Iterator[Row]:
    names = _checked_names([_text_of(cell.value) for cell in next(lines, ())])
    blank = 0
    for number, cells in enumerate(lines, start=2):
        row = Row(number, {})
        for name, cell in _paired(names, cells, row):
            _take_cell(row, name, cell)
        if row.values or row.faults:
            blank = 0
            yield row
        elif (blank := blank + 1) > MOST_LINES:
            # A worksheet may claim a million lines that say nothing.
            return


def _paired(names: list[str], cells: tuple, row: Row) -> Iterator[tuple[str, Any]]:
    for place, cell in enumerate(cells):
        if isinstance(cell, EmptyCell) or cell.value in (None, ""):
            continue
        if place >= len(names) or not names[place]:
            row.faults[""] = _("Something stands in a column that has no name.")
            return
        yield names[place], cell


def _take_cell(row: Row, name: str, cell: Any) -> None:
    if cell.data_type == "f":
        row.faults[name] = _("This is a formula: write its result.")
    elif cell.data_type == "e":
        row.faults[name] = _("This is the error of a formula.")
    else:
        _take(row, name, _value_of(cell.value))


def _value_of(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, bool | int | float | str) else str(value)


def _of_csv(given: File) -> Iterator[Row]:
    given.seek(0)
    text = codecs.iterdecode(given, "utf-8-sig")
    first = next(text, "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        names = _checked_names(next(csv.reader([first], delimiter=delimiter), []))
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        for cells in reader:
            row = Row(reader.line_num + 1, {})
            if len(cells) > len(names):
                row.faults[""] = _("Something stands in a column that has no name.")
            for name, cell in zip(names, map(unguarded, cells), strict=False):
                if cell:
                    _take(row, name, cell)
            if row.values or row.faults:
                yield row
    except csv.Error as error:
        raise FileRefusedError(_("This table cannot be read: %(error)s.") % {"error": error}) from error


def _of_json(given: File) -> Iterator[Row]:
    given.seek(0)
    try:
        said = json.loads(given.read().decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise FileRefusedError(_("This is not JSON: %(error)s.") % {"error": error}) from error
    sheets = said.get("results", [said]) if isinstance(said, dict) else said
    if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
        raise FileRefusedError(_("A list of sheets is expected, or {“results”: [a list of sheets]}."))
    for number, sheet in enumerate(sheets, start=1):
        flat = _flat(sheet)
        _check_names(set(flat), _("Sheet %(number)d: ") % {"number": number})
        row = Row(number, {})
        for name, value in flat.items():
            if value not in (None, "", []):
                _take(row, name, value)
        yield row


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _flat(sheet: dict[str, Any]) -> dict[str, Any]:
    """A sheet of the exports, whose claims are below "fields": each is an object with its value, or a value."""
    claims = sheet.get("fields", {})
    if not isinstance(claims, dict):
        raise FileRefusedError(_("“fields” is to hold an object."))
    own = {name: value for name, value in sheet.items() if not (name in _OF_THE_EXPORT and isinstance(value, dict))}
    said = {name: claim.get("value") if isinstance(claim, dict) else claim for name, claim in claims.items()}
    return own | said


def _checked_names(names: list[str]) -> list[str]:
    names = [name.strip().lower() for name in names]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise FileRefusedError(_("This file has too many columns: %(most)d at most.") % {"most": MOST_COLUMNS})
    if repeated := [name for name in names if name and names.count(name) > 1]:
        raise FileRefusedError(_("The column “%(name)s” stands there twice.") % {"name": repeated[0]})
    _check_names({name for name in names if name})
    return names


def _check_names(names: set[str], where: str = "") -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        said = _("the column “%(name)s” (%(label)s) is missing.")
        raise FileRefusedError(where + said % {"name": missing[0], "label": label_of(missing[0])})
    if unknown := sorted(names - KNOWN):
        raise FileRefusedError(where + _("there is no column “%(name)s”.") % {"name": unknown[0][:80]})


def _take(row: Row, name: str, value: Any) -> None:
    """Keeps a value of a column that is read, if a database can hold it."""
    if name not in READ:
        return
    try:
        written = json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        row.faults[name] = _("This value cannot be read.")
        return
    if _UNSAYABLE.search(value if isinstance(value, str) else "".join(_texts(value))) or len(written) > 200_000:
        row.faults[name] = _("This text holds characters that are none, or far too many.")
        return
    row.values[name] = value.strip() if isinstance(value, str) else value


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < _DEEPEST and isinstance(value, dict | list):
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _texts(part, depth + 1)


def _text_of(value: Any) -> str:
    return "" if value is None else str(value)
