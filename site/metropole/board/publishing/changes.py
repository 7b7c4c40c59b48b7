"""What may change of an open need, and how a change is kept: rows of a field's name, its old and its new value."""

import copy
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.contributions.prose import to_text
from metropole.core.fields import ProseField
from metropole.core.lists import RowsField
from metropole.core.lists.rows import as_rows, as_text
from metropole.core.numbers import Count
from metropole.core.templatetags.site_tags import paris_time, reader_date
from metropole.moderation.comparison import Difference, side_by_side

from ..enums import AmendmentKind
from ..models import Need, NeedText

WORDS, MATERIAL = AmendmentKind.WORDS, AmendmentKind.MATERIAL

AMENDABLE: dict[str, AmendmentKind] = {
    "title": WORDS,
    "summary": WORDS,
    "problem": WORDS,
    "expected_result": MATERIAL,
    "work_done": WORDS,
    "constraints": MATERIAL,
    "success_criteria": MATERIAL,
    "essential_criteria": MATERIAL,
    "desirable_criteria": MATERIAL,
    "mode": MATERIAL,
    "purchase_kind": MATERIAL,
    "value_low": MATERIAL,
    "value_high": MATERIAL,
    "value_is_public": WORDS,
    "weightings": MATERIAL,
    "phase": MATERIAL,
    "wished_start": MATERIAL,
    "duration_months": MATERIAL,
    "demonstrations": MATERIAL,
    "consultation_url": WORDS,
}
"""What companies answer is material: moderators read its change first. All else is a clarification."""

VALUE = ("value_low", "value_high")
"""What everybody reads only where the authority lets them."""

Row = dict[str, str]


@dataclass(frozen=True)
class Shown:
    """A change as readers see it. ``language``: of the words; "" for what the reader's own language says."""

    difference: Difference
    language: str


def field_of(name: str) -> models.Field | None:
    """Of a need or of its text; None for what is neither's, such as the authorities that carry it."""
    model = NeedText if name in NeedText.word_fields else Need
    return next((field for field in model._meta.fields if field.name == name), None)


def is_material(rows: list[Row]) -> bool:
    return any(AMENDABLE.get(row["field"]) == MATERIAL for row in rows)


def rows_between(need: Need, text: NeedText, values: Mapping[str, Any]) -> list[Row]:
    """What differs from the need as it stands, in the order of the table; what may not change is left out."""
    new = {name: stored(values[name]) for name in AMENDABLE if name in values}
    old = {name: stored(getattr(holder(need, text, name), name)) for name in new}
    return [{"field": name, "old": old[name], "new": new[name]} for name in new if old[name] != new[name]]


def holder(need: Need, text: NeedText, name: str) -> Need | NeedText:
    return text if name in NeedText.word_fields else need


def with_changes(need: Need, text: NeedText, rows: list[Row]) -> tuple[Need, NeedText]:
    """The need and its words as they would be; those given stay as they are."""
    need, text = copy.copy(need), copy.copy(text)
    text.need = need
    for row in rows:
        setattr(holder(need, text, row["field"]), row["field"], value_of(row["field"], row["new"]))
    return need, text


def stored(value: Any) -> str:
    """A value as a row keeps it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return as_text(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def value_of(name: str, kept: str) -> Any:
    """A value that a row keeps, as its field holds it."""
    field = field_of(name)
    if isinstance(field, RowsField):
        return as_rows(kept)
    if isinstance(field, models.BooleanField):
        return kept == "yes"
    if isinstance(field, models.IntegerField):
        return int(kept) if kept else None
    if isinstance(field, models.DateTimeField):
        return parse_datetime(kept) if kept else None
    if isinstance(field, models.DateField):
        return parse_date(kept) if kept else None
    return kept


def shown(row: Row, language: str) -> Shown:
    """A row as readers see it, with the words marked that differ. ``language``: the need's own."""
    name = row["field"]
    field = field_of(name)
    label = capfirst(str(field.verbose_name)) if field else _("Authorities that carry it")
    difference = side_by_side(label, said(name, row.get("old", "")), said(name, row.get("new", "")))
    is_own_words = name in NeedText.word_fields or name == "weightings"
    return Shown(difference, language if is_own_words else "")


def publicly_shown(row: Row, need: Need) -> Shown:
    """A row as everybody sees it."""
    found = shown(row, need.language)
    if row["field"] not in VALUE or need.value_is_public:
        return found
    return Shown(Difference(found.difference.label, _("not public"), _("not public")), "")


def said(name: str, kept: str) -> str:
    """A kept value in words."""
    field, value = field_of(name), value_of(name, kept)
    if isinstance(field, ProseField):
        return to_text(kept)
    if isinstance(field, RowsField):
        return field.display(value)
    if isinstance(field, models.BooleanField):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return ""
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return strip_tags(paris_time(value))
    if isinstance(field, models.DateField):
        return reader_date(value)
    return str(Count(value)) if isinstance(value, int) else str(value)
