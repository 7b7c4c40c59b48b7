"""The columns of a file of sheets: those of the exports. What the site works out itself is there, and is not read."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, Column, RowsField

from ..formats.table import FILED, header
from ..formats.values import SEPARATOR
from ..models import SolutionPage
from ..sheet.groups import FIELDS

REQUIRED = ("slug", "title")
WORDS = ("title", "summary", "source", "source_url")
FIXED = ("slug", "origin", "language")
"""What a file says for us to check that the sheet is the one that is meant: it changes none of it."""
WRITTEN = (*WORDS, *FILED, *FIELDS, "evidence")
SIREN = "publisher_siren"
READ = (*FIXED, *WRITTEN, SIREN)
KNOWN = frozenset((*READ, *header()))


@dataclass(frozen=True)
class Explanation:
    """A column as its file's second sheet explains it."""

    name: str
    label: str
    help: str
    allowed: str


def label_of(name: str) -> str:
    """The name of a column, as people see it."""
    if name == SIREN:
        return _("SIREN or SIRET of the publisher")
    if name == "language":
        return _("Language")
    return capfirst(str(SolutionPage._meta.get_field(name).verbose_name))


def explanations() -> Iterator[Explanation]:
    for name in READ:
        if name == SIREN:
            yield Explanation(name, label_of(name), _("Checked against the publisher’s own."), _("9 or 14 digits"))
        elif name == "language":
            yield Explanation(name, label_of(name), _("That of the site; translations are made from it."), "fr")
        else:
            field = SolutionPage._meta.get_field(name)
            yield Explanation(name, label_of(name), str(getattr(field, "help_text", "")), allowed(field))


def allowed(field: models.Field) -> str:
    """What a cell of a column may hold."""
    if isinstance(field, RowsField):
        return _("JSON, a list of objects with: %(columns)s") % {"columns": "; ".join(map(_column, field.columns))}
    if isinstance(field, ChoicesField):
        words = {"bar": SEPARATOR, "codes": _codes(field.codes.choices)}
        return _("Any of these, with %(bar)s between them: %(codes)s") % words
    if field.many_to_many:
        return _("Addresses (slugs) with %(bar)s between them") % {"bar": SEPARATOR}
    if field.many_to_one:
        return _("The address (slug) of an organisation that is on the site")
    return _allowed_alone(field)


def _allowed_alone(field: models.Field) -> str:
    if isinstance(field, models.BooleanField):
        return "yes, no"
    if isinstance(field, models.DateField):
        return _("A date, e.g. 2026-03-12")
    if isinstance(field, models.IntegerField):
        return _("A whole number")
    if field.choices:
        return _codes(field.choices)
    if isinstance(field, ProseField):
        return _("Text; an empty line ends a paragraph")
    return _("Text, %(most)d characters at most") % {"most": field.max_length} if field.max_length else _("Text")


def _codes(choices: list) -> str:
    return ", ".join(f"{code} ({label})" for code, label in choices if code)


def _column(column: Column) -> str:
    codes = "/".join(code for code, _label in column.choices if len(column.choices) < 20)
    return f"{column.name}{'*' if column.required else ''}{f' ({codes})' if codes else ''}"
