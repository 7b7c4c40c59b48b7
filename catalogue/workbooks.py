"""Spreadsheets whose cells are texts and numbers: nothing that anybody has written is ever run as a formula."""

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_000
_LONGEST_TITLE = 31
Value = str | int | float | dt.date | None


def workbook() -> Workbook:
    """One without any sheet."""
    made = Workbook()
    made.remove(made.active)
    return made


def add_sheet(book: Workbook, title: str, rows: Iterable[Sequence[Value]], widths: Sequence[int]) -> Worksheet:
    """A sheet whose first row and column stay in sight. ``title`` holds none of []:*?/\\."""
    sheet = book.create_sheet(title[:_LONGEST_TITLE])
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            _write(sheet, number, column, value)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows, sheet.page_setup.orientation = "1:1", "landscape"
    return sheet


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
        # Whatever it begins with, it is text, and stays so when somebody edits it.
        cell.data_type = TYPE_STRING
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if row == 1 or column == 1:
        cell.font = Font(bold=True)


def response(book: Workbook, filename: str) -> HttpResponse:
    file = BytesIO()
    book.save(file)
    answer = HttpResponse(file.getvalue(), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer
