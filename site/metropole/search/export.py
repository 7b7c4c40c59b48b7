"""The current results as a CSV file that a spreadsheet opens in one double click."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .hits import hits
from .listing import Hit
from .query import Query, parse
from .services import PageBeyondLastError, search
from .views import general

MOST_ROWS = 10_000
_CHUNK = 500
# Spreadsheets run a cell that begins so as a formula.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All results of a search, up to ``MOST_ROWS``."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_("results.csv")}"'
    response.write("\ufeff" + csv_text(request, parse(request.GET)))
    return response


def csv_text(request: HttpRequest, query: Query) -> str:
    """The results of a search as CSV, as the reader's spreadsheet reads it: semicolons where decimals have a comma."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter())
    writer.writerow(_header())
    writer.writerows([neutralised(cell) for cell in _row(request, hit)] for hit in _all_hits(query))
    return text.getvalue()


def neutralised(cell: str) -> str:
    """The cell as text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def delimiter() -> str:
    """What stands between cells in the reader's spreadsheet: a semicolon where decimals have a comma."""
    return ";" if get_format("DECIMAL_SEPARATOR") == "," else ","


def _all_hits(query: Query) -> Iterator[Hit]:
    for page in range(1, MOST_ROWS // _CHUNK + 1):
        try:
            outcome = search(query.at_page(page), general(), counted=(), size=_CHUNK)
        except PageBeyondLastError:
            return
        yield from hits(outcome)
        if page >= outcome.page_count:
            return


def _header() -> list[str]:
    return [
        _("Title"),
        _("Type of content"),
        _("Summary"),
        _("Territories"),
        _("Themes"),
        _("Organisations"),
        _("Date"),
        _("Status"),
        _("Language"),
        _("Address"),
    ]


def _row(request: HttpRequest, hit: Hit) -> list[str]:
    return [
        hit.title,
        hit.type_label,
        hit.summary,
        " | ".join(label.label for label in hit.territories),
        " | ".join(label.label for label in hit.themes),
        " | ".join(hit.organisations),
        hit.date.isoformat() if hit.date else "",
        hit.status_label,
        hit.language,
        request.build_absolute_uri(hit.url),
    ]
