"""Numbers as readers see them, and as they type them."""

import re
from typing import Any

from django import forms
from django.utils.formats import number_format


class Count(int):
    """A number of things, printed with the separator of thousands of the reader's language.

    The setting that has Django print every number so would print identifiers so as well, those of the admin included.
    """

    def __str__(self) -> str:
        # Most are small, and a page prints hundreds.
        return int.__repr__(self) if abs(self) < 1000 else number_format(int(self), force_grouping=True)


_SPACES = re.compile(r"[\s€]+")
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*)([.,]\d{1,2})?")
"""Thousands with a mark between them, then perhaps cents."""


def typed_number(value: Any) -> Any:
    """A number as people write it, without what it is grouped with: "60 000 €" and "60,000" are 60000."""
    if not isinstance(value, str):
        return value
    typed = _SPACES.sub("", value)
    if grouped := _GROUPED.fullmatch(typed):
        return grouped[1].replace(grouped[2], "") + (grouped[3] or "")
    return typed


class WholeNumberField(forms.IntegerField):
    """A whole number, an amount in euros for instance."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(typed_number(value))


class AmountField(forms.DecimalField):
    """An amount with its cents, written with a comma or a point in any language."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        typed = typed_number(value)
        return super().to_python(typed.replace(",", ".") if isinstance(typed, str) else typed)
