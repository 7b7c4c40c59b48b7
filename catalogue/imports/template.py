"""The workbook that editors fill in: a sheet to fill, and one that explains each of its columns."""

from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .columns import FIXED, READ, REQUIRED, explanations

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TO_FILL = ("slug", *(name for name in READ if name not in FIXED))
_WIDTH, _WIDE = 24, 60


def workbook_to_fill() -> bytes:
    workbook = Workbook()
    sheets = workbook.active
    sheets.title = _("Sheets")
    sheets.append(_TO_FILL)
    explained = workbook.create_sheet(_("Explanations"))
    explained.append([_("Column"), _("Name"), _("What it is"), _("What it may hold")])
    for column in explanations():
        name = f"{column.name} *" if column.name in REQUIRED else column.name
        explained.append([name, column.label, column.help, column.allowed])
    explained.append([])
    for line in _rules():
        explained.append([line])
    for worksheet, widths in ((sheets, [_WIDTH] * len(_TO_FILL)), (explained, [_WIDTH, _WIDTH, _WIDE, _WIDE])):
        worksheet.freeze_panes = "B2"
        for place, width in enumerate(widths, start=1):
            worksheet.column_dimensions[get_column_letter(place)].width = width
            worksheet.cell(1, place).font = Font(bold=True)
    for row in explained.iter_rows(min_row=2, max_col=4):
        for cell in row:
            cell.alignment = Alignment(wrap_text=cell.column > 1, vertical="top")
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _rules() -> list[str]:
    return [
        _("* must be there. A line is a sheet; one whose address is there already changes that sheet."),
        _("An empty cell changes nothing. Nothing is published: every line makes a draft."),
        _("Levels, dates and scores of the exports are worked out by the site: they may stay, and are not read."),
        _("What a publisher declared or an authority confirmed is theirs: a line that changes it is refused."),
    ]
