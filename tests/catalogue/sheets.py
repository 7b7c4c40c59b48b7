"""Files of sheets, as editors send them."""

import json
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook

from catalogue.imports import services
from catalogue.imports.planning import PlannedSheet
from catalogue.models import SheetImport
from metropole.demo.frame import build_frame

NEW = {"slug": "nouvelle", "title": "Nouvelle", "summary": "Ce que fait la solution.", "kind": "software"}


def json_file(*sheets: dict[str, Any]) -> ContentFile:
    return ContentFile(json.dumps(list(sheets)).encode(), name="fiches.json")


def workbook(*rows: list[Any]) -> ContentFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return ContentFile(content.getvalue(), name="fiches.xlsx")


def table(*sheets: dict[str, Any]) -> ContentFile:
    """A workbook with the columns of the first sheet."""
    return workbook(list(sheets[0]), *(list(sheet.values()) for sheet in sheets))


def planned(file: ContentFile) -> list[PlannedSheet]:
    return services.dry_run(services.begin(file, None))


def faults(file: ContentFile) -> dict[str, str]:
    """Why the first line is refused, by column."""
    return {problem.field: problem.reason for problem in planned(file)[0].problems}


def written(file: ContentFile, person: Any = None) -> SheetImport:
    build_frame()
    return services.apply(services.begin(file, person), person)
