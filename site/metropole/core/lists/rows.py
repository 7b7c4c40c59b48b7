import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.renderers import BaseRenderer
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..forms import SiteRenderer
from .columns import Column

MOST_ROWS = 40
SPARE_ROWS = 2
LONGEST_CELL = 1500
"""Characters kept of what is typed in a cell: more than any column takes, for who typed them to be told."""
Row = dict[str, str]


class RowsField(models.JSONField):
    """Rows with named columns, as a list of objects: what a sheet says several times, such as its models of AI."""

    def __init__(self, *args, columns: Sequence[Column] = (), **kwargs) -> None:
        self.columns = tuple(columns)
        super().__init__(*args, **{"default": list, "blank": True} | kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> list[Row]:
        """Checks every row by its columns, wherever they come from."""
        super().validate(value, model_instance)
        return cleaned_rows(value, self.columns)

    def display(self, value: Sequence[Row]) -> str:
        """The rows as text, each on a line."""
        return "\n".join(
            " – ".join(filter(None, (column.display(row.get(column.name, "")) for column in self.columns)))
            for row in value or ()
        )

    def formfield(self, **kwargs) -> forms.Field:
        options = {"required": not self.blank, "label": capfirst(self.verbose_name), "help_text": self.help_text}
        return RowsFormField(self.columns, **options | kwargs)


class RowsWidget(forms.Widget):
    """A table of controls, always with some rows left: what was typed in them is one text of JSON."""

    template_name = "forms/rows.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[Column], attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.columns = tuple(columns)

    def value_from_datadict(self, data: Mapping, files: MultiValueDict, name: str) -> str:
        """The rows in which anything was typed; as a text of JSON where that is what was sent."""
        if name in data:
            return data[name] or ""
        typed = [
            {column.name: _typed(data.get(f"{name}-{number}-{column.name}", "")) for column in self.columns}
            for number in range(MOST_ROWS + SPARE_ROWS)
        ]
        return as_text([row for row in typed if any(row.values())])

    def value_omitted_from_data(self, data: Mapping, files: MultiValueDict, name: str) -> bool:
        return name not in data and f"{name}-0-{self.columns[0].name}" not in data

    def id_for_label(self, id_: str) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        rows = as_rows(value)[: MOST_ROWS + SPARE_ROWS]
        shown = min(len(rows) + SPARE_ROWS, max(MOST_ROWS, len(rows)))
        context["widget"]["columns"] = self.columns
        context["widget"]["rows"] = [
            [
                (column, self._control(name, number, column, rows[number] if number < len(rows) else {}))
                for column in self.columns
            ]
            for number in range(shown)
        ]
        return context

    def _control(self, name: str, number: int, column: Column, row: Row) -> SafeString:
        where = f"{name}-{number}-{column.name}"
        label = _("%(column)s, line %(number)d") % {"column": column.label, "number": number + 1}
        widget = column.form_field().widget
        return widget.render(where, row.get(column.name, ""), {"id": f"id_{where}", "aria-label": label})

    def _render(self, template_name: str, context: dict, renderer: BaseRenderer | None = None) -> SafeString:
        """Its template is the site's, in the admin too."""
        return super()._render(template_name, context, SiteRenderer())


class RowsFormField(forms.Field):
    """Rows typed in a table; its errors say which line and which column."""

    def __init__(self, columns: Sequence[Column], **kwargs) -> None:
        self.columns = tuple(columns)
        super().__init__(**{"widget": RowsWidget(columns)} | kwargs)

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else as_text(value or [])

    def clean(self, value: Any) -> list[Row]:
        rows = cleaned_rows(value or [], self.columns)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        return as_rows(initial) != as_rows(data)

    def display(self, value: Any) -> str:
        return RowsField(columns=self.columns).display(as_rows(value))


def as_text(rows: Sequence[Row]) -> str:
    """Rows as one text; none is the empty one."""
    return json.dumps(list(rows), ensure_ascii=False) if rows else ""


def as_rows(value: Any) -> list[Row]:
    """Rows from a text of JSON or a list; whatever is neither gives none."""
    if isinstance(value, str):
        try:
            value = json.loads(value or "[]")
        except (ValueError, RecursionError):
            return []
    if not isinstance(value, list):
        return []
    return [{_plain(key): _plain(held) for key, held in row.items()} for row in value if isinstance(row, dict)]


def _typed(value: Any) -> str:
    return str(value).strip()[:LONGEST_CELL]


def _plain(value: Any) -> str:
    """A text without what no database takes: a lone half of a character, NUL."""
    return str(value).encode(errors="ignore").decode().replace("\x00", "")


def cleaned_rows(value: Any, columns: Sequence[Column]) -> list[Row]:
    """Rows checked by their columns. Raises ValidationError with every line and column that is wrong."""
    rows = as_rows(value)
    if value and not rows and value != "[]":
        raise ValidationError(_("These lines cannot be read."), code="invalid")
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("%(number)d lines at most.") % {"number": MOST_ROWS}, code="too_many")
    known = {column.name for column in columns}
    errors, cleaned = [], []
    for number, row in enumerate(rows, start=1):
        if unknown := set(row) - known:
            errors.append(_("Line %(number)d: unknown column “%(name)s”.") % {"number": number, "name": min(unknown)})
        cleaned.append(dict(_cleaned_row(number, row, columns, errors)))
    if errors:
        raise ValidationError(errors)
    return cleaned


def _cleaned_row(number: int, row: Row, columns: Sequence[Column], errors: list[str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        try:
            yield column.name, column.stored(column.form_field().clean(row.get(column.name, "")))
        except ValidationError as error:
            words = {"number": number, "column": column.label, "error": " ".join(error.messages)}
            errors.append(_("Line %(number)d, %(column)s: %(error)s") % words)
