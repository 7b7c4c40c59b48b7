"""All sheets as one table: a row a sheet, a column a field and one for its level. Its import reads the same columns."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from metropole.search.export import delimiter, neutralised

from ..sheet.groups import FIELDS
from .records import SheetRecord
from .values import cell

OWN = ("slug", "language", "title", "summary", "url", "origin", "published_at", "licence", "source", "source_url")
FILED = ("themes", "territories")
LEVEL = "_level"
QUOTE = "'"
BOM = "\ufeff"


def header() -> list[str]:
    claimed = [name for field in FIELDS for name in (field, f"{field}{LEVEL}")]
    return [*OWN, *FILED, "filled", "applicable", *claimed, "publisher_siren", "evidence"]


def row(record: SheetRecord) -> list[str]:
    page = record.page
    own = {"language": page.language, "url": page.full_url, "published_at": page.last_published_at.isoformat()}
    claimed = [text for field in FIELDS for text in (cell(record.claims[field].value), record.claims[field].level)]
    return [
        *(own.get(name) or cell(getattr(page, name, None)) for name in OWN),
        *(cell([place.slug for place in getattr(page, name).all()]) for name in FILED),
        str(record.completeness.filled),
        str(record.completeness.applicable),
        *claimed,
        (page.publisher and page.publisher.siren) or "",
        cell(page.evidence),
    ]


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table as CSV, line by line, that a spreadsheet opens in one double click and runs nothing of."""
    yield BOM
    line = StringIO()
    writer = csv.writer(line, delimiter=delimiter())
    for cells in rows:
        writer.writerow(map(guarded, cells))
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def guarded(text: str) -> str:
    """A cell as text whatever it begins with: an apostrophe stands before what a spreadsheet would run.

    One stands before another apostrophe, too, so that the one that was put can be told from the one that was there.
    """
    return f"{QUOTE}{text}" if text.startswith(QUOTE) else neutralised(text)


def unguarded(text: str) -> str:
    """What a guarded cell says."""
    return text[1:] if text.startswith(QUOTE) else text
