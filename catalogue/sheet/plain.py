"""What an entry of a sheet says as plain text, for tables, files and copies."""

import html
import re

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from .reading import Entry, Table

_BREAK = re.compile(r"<br\s*/?>|</(?:p|li|h\d|div)>", re.IGNORECASE)


def plain_text(entry: Entry) -> str:
    """Its words, one line for each paragraph or row; "" where it is unknown."""
    if entry.table:
        return "\n".join(_lines(entry.table))
    if entry.html:
        lines = html.unescape(strip_tags(_BREAK.sub("\n", str(entry.html)))).splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())
    return entry.link or str(entry.text)


def _lines(table: Table) -> list[str]:
    colon = _(":")
    said = [
        [f"{column}{colon} {cell}" for column, cell in zip(table.columns, row, strict=True) if cell]
        for row in table.rows
    ]
    return [" · ".join(parts) for parts in said]
