"""The values of a sheet's fields as machines hold them: in JSON, and in a cell of a table."""

import datetime as dt
import json
from typing import Any

from metropole.content.sheets import fact_of
from metropole.contributions.prose import to_text
from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, RowsField
from metropole.organisations.models import Organisation

from ..models import SolutionPage

SEPARATOR = "|"
"""Between the codes of a cell that holds several."""

Plain = bool | int | str | list[str] | list[dict[str, str]] | None


def plain(page: SolutionPage, name: str) -> Plain:
    """What a field says, as JSON holds it: prose as HTML, an organisation by its slug; None where it says nothing."""
    value = getattr(page, name)
    if value in (None, "", []):
        return None
    if isinstance(value, Organisation):
        return value.slug
    return value.isoformat() if isinstance(value, dt.date) else value


def cell(value: Any) -> str:
    """A value of JSON in a cell: several codes with bars between them, rows as JSON, "yes" or "no"."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        is_codes = all(isinstance(part, str) for part in value)
        return SEPARATOR.join(value) if is_codes else json.dumps(value, ensure_ascii=False)
    return str(value)


def said(page: SolutionPage, name: str) -> str:
    """What a field says, as plain text in the reader's language."""
    field, value = page._meta.get_field(name), getattr(page, name)
    if value in (None, "", []):
        return ""
    if isinstance(field, ProseField):
        return to_text(value)
    if isinstance(field, ChoicesField | RowsField):
        return field.display(value)
    return str(fact_of(page, name).value)
