"""The sheets in the public API: read-only, without a key, each claim with its level and its provenance."""

from collections.abc import Iterator
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from ninja import Query, Router
from ninja.decorators import decorate_view

from metropole.search.api import asked_language

from .inventory import COLUMNS, concerns_algorithms, inventory_rows
from .publiccode import is_open_source, publiccode, publiccode_text
from .records import all_records, published, published_sheet, record_of, records_of, versions_of
from .schema import InventoryOut, LanguageIn, SheetOut, SheetsIn, SheetsOut
from .sheet_json import sheet_json
from .table import csv_lines, header, row
from .users import confirmed_users

router = Router(tags=["catalogue"])
PAGE_SIZE = 50
HELD_IN_MEMORY = 1 << 20
CSV = "text/csv; charset=utf-8"
shared = cache_control(public=True, max_age=60)
answered = decorate_view(shared, conditional_page)
"""For what every reader gets alike: caches keep it for a minute, and ask whether it has changed after that."""


@router.get("", response=SheetsOut, summary="Sheets", operation_id="solutions")
@answered
def solutions(request: HttpRequest, asked: Query[SheetsIn]) -> dict[str, Any]:
    """All published sheets, by address. 404 beyond the last page."""
    language = asked_language(request, asked.lang_ui)
    with override(language):
        found = published().filter(locale__language_code=language)
        count = found.count()
        if asked.page > max(1, -(-count // PAGE_SIZE)):
            raise Http404("There is no such page.")
        start = (asked.page - 1) * PAGE_SIZE
        related = found.select_related("publisher").prefetch_related("themes", "territories")
        results = [sheet_json(record, request) for record in records_of(related[start : start + PAGE_SIZE])]
    return {"count": count, "page": asked.page, "page_size": PAGE_SIZE, "results": results}


@router.get("/export.csv", summary="Sheets as a table", operation_id="solutions_csv")
@decorate_view(shared)
def solutions_csv(request: HttpRequest, asked: Query[LanguageIn]) -> FileResponse:
    """All published sheets, one a row, one field a column with its level beside it.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    language = asked_language(request, asked.lang_ui)
    # Written before it is sent: a server may send from another thread, which the database knows nothing of.
    file = SpooledTemporaryFile(HELD_IN_MEMORY)  # noqa: SIM115 - the response closes it
    with override(language):
        file.writelines(line.encode() for line in csv_lines(chain([header()], _rows(language))))
    file.seek(0)
    return FileResponse(file, content_type=CSV, as_attachment=True, filename="solutions.csv")


@router.get("/{slug}", response=SheetOut, summary="Sheet", operation_id="solution")
@answered
def solution(request: HttpRequest, slug: str, asked: Query[LanguageIn]) -> dict[str, Any]:
    """A sheet with each of its claims: value, level, who says it, since when, its evidence, who confirms it."""
    with override(asked_language(request, asked.lang_ui)):
        return sheet_json(record_of(published_sheet(slug)), request)


@router.get("/{slug}/publiccode.yml", summary="publiccode.yml", operation_id="solution_publiccode")
@answered
def solution_publiccode(request: HttpRequest, slug: str) -> HttpResponse:
    """For a solution whose code is open; other sheets have none. Keys of which nothing is known are left out."""
    page = published_sheet(slug)
    if not is_open_source(page):
        raise Http404("The source code of this solution is not open.")
    document = publiccode(page, versions_of(page), confirmed_users(page))
    return HttpResponse(publiccode_text(document, page), content_type="text/yaml; charset=utf-8")


@router.get("/{slug}/inventory.json", response=InventoryOut, summary="Inventory row", operation_id="solution_inventory")
@answered
def solution_inventory(request: HttpRequest, slug: str, asked: Query[LanguageIn]) -> dict[str, Any]:
    """The row of a commune's inventory of public algorithms, as Etalab's guide lists it. Unknown: empty."""
    with override(asked_language(request, asked.lang_ui)):
        return {"rows": _inventory(slug)}


@router.get("/{slug}/inventory.csv", summary="Inventory row as a table", operation_id="solution_inventory_csv")
@answered
def solution_inventory_csv(request: HttpRequest, slug: str, asked: Query[LanguageIn]) -> HttpResponse:
    """The same, with the names of its columns in the language asked for."""
    with override(asked_language(request, asked.lang_ui)):
        rows = ([found[column.name] for column in COLUMNS] for found in _inventory(slug))
        text = "".join(csv_lines(chain([[str(column.label) for column in COLUMNS]], rows)))
    name = content_disposition_header(True, f"inventory-{slug}.csv")
    return HttpResponse(text, content_type=CSV, headers={"Content-Disposition": name})


def _inventory(slug: str) -> list[dict[str, str]]:
    page = published_sheet(slug)
    if not concerns_algorithms(page):
        raise Http404("This solution holds no algorithm.")
    return inventory_rows(page, confirmed_users(page))


def _rows(language: str) -> Iterator[list[str]]:
    return (row(record) for record in all_records(published().filter(locale__language_code=language)))
