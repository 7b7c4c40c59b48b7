"""A comparison as a spreadsheet: for each solution a column for what its sheet says, and one for its level."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook

from ..workbooks import add_sheet, workbook
from .table import Cell, Comparison


def comparison_workbook(comparison: Comparison) -> Workbook:
    book = workbook()
    add_sheet(book, _("Comparison"), _rows(comparison), [28, 36, *(40, 20) * len(comparison.pages), 14])
    return book


def _rows(comparison: Comparison) -> Iterator[Sequence[str]]:
    titles = [words for page in comparison.pages for words in (page.title, _("Level"))]
    yield [_("Group"), _("Field"), *titles, _("Differs")]
    for group in comparison.groups:
        for row in group.rows:
            said = [words for cell in row.cells for words in (cell_text(cell), cell_level(cell))]
            yield [str(group.label), row.label, *said, _("yes") if row.differs else _("no")]
        for label in group.unknown:
            yield [str(group.label), label, *(_("Not provided"), "") * len(comparison.pages), _("no")]
    yield [_("Read on"), date_format(timezone.localtime(), "DATETIME_FORMAT")]


def cell_text(cell: Cell) -> str:
    if not cell.applies:
        return _("Does not apply")
    return cell.text or _("Not provided")


def cell_level(cell: Cell) -> str:
    return str(cell.standing.level.label) if cell.standing else ""
