"""Conflicts as they are shown to who chooses."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from metropole.core.lists.rows import RowsFormField

from .adapters import Typed
from .conflicts import Conflict, digest, marked
from .forms import Asked


@dataclass(frozen=True)
class Difference:
    """A field with both texts, the words marked that only one has; ``yours``: the values to hand on."""

    field: str
    label: str
    theirs_html: SafeString
    yours_html: SafeString
    yours: list[str]
    seen: str


def differences(kind: Asked, conflicts: Iterable[Conflict]) -> list[Difference]:
    return [_difference(kind, conflict) for conflict in conflicts]


def _difference(kind: Asked, conflict: Conflict) -> Difference:
    field = kind.adapter(conflict.field).form_field(required=False)
    theirs, yours = _shown(field, conflict.theirs), _shown(field, conflict.yours)
    return Difference(
        field=conflict.field,
        label=str(field.label),
        theirs_html=marked(theirs, yours),
        yours_html=marked(yours, theirs),
        yours=conflict.yours if isinstance(conflict.yours, list) else [conflict.yours],
        seen=digest(conflict.theirs),
    )


def _shown(field: forms.Field, value: Typed) -> str:
    """A value in words: choices by their labels, lines one below the other."""
    if isinstance(field, RowsFormField):
        return field.display(value)
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if not hasattr(field, "choices"):
        return str(value)
    chosen = set(value if isinstance(value, list) else [value])
    return "\n".join(label for key, label in _flat(field.choices) if str(key) in chosen and str(key))


def _flat(choices: Iterable) -> Iterable[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from ((value, str(name)) for value, name in label)
        else:
            yield key, str(label)
