"""The columns of rows: what each holds, how it is asked for, and how it is read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 200
_YES_NO = [("yes", _("Yes")), ("no", _("No"))]


@dataclass(frozen=True)
class Column:
    """A column of rows. ``kind``: text, url, date, number, choice (with its ``codes``) or yesno.

    A value is stored as JSON holds it: "" where nothing is said, an ISO date, a number as text, a code, "yes" or "no".
    """

    name: str
    label: str | Promise
    kind: str = "text"
    required: bool = False
    codes: type[models.Choices] | Callable[[], list] | None = None
    longest: int = LONGEST

    @property
    def choices(self) -> list[tuple[str, str]]:
        if self.kind == "yesno":
            return [(code, str(label)) for code, label in _YES_NO]
        if self.codes is None:
            return []
        return list(self.codes.choices) if isinstance(self.codes, type) else self.codes()

    def form_field(self) -> forms.Field:
        options = {"label": self.label, "required": self.required}
        match self.kind:
            case "choice" | "yesno":
                return forms.ChoiceField(choices=lambda: [("", "–"), *self.choices], **options)
            case "date":
                return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
            case "url":
                return forms.URLField(max_length=self.longest, assume_scheme="https", **options)
            case "number":
                return forms.DecimalField(max_digits=14, decimal_places=4, localize=True, **options)
            case _:
                return forms.CharField(max_length=self.longest, **options)

    def stored(self, cleaned: Any) -> str:
        """A cleaned value as JSON holds it."""
        if cleaned is None:
            return ""
        if isinstance(cleaned, dt.date):
            return cleaned.isoformat()
        return f"{cleaned.normalize():f}" if isinstance(cleaned, Decimal) else str(cleaned)

    def display(self, stored: str) -> str:
        """A stored value as readers see it; what is not of its kind, as it stands."""
        if not stored:
            return ""
        if self.kind in ("choice", "yesno"):
            return str(dict(self.choices).get(stored, stored))
        if self.kind == "date" and (day := _date(stored)):
            return date_format(day, "DATE_FORMAT")
        if self.kind == "number" and stored.lstrip("-").replace(".", "", 1).isdigit():
            return number_format(stored.rstrip("0").rstrip(".") if "." in stored else stored, force_grouping=True)
        return stored


def _date(stored: str) -> dt.date | None:
    try:
        return parse_date(stored)
    except ValueError:
        return None
