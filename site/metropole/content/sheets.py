"""A sheet's fields as its readers see them: facts (short) and sections (prose)."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.rich_text import expand_db_html

from metropole.core.typography import typeset


@dataclass(frozen=True)
class Fact:
    """A short field: ``value`` is "" where nobody has given it."""

    label: str
    value: str

    @property
    def is_known(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True)
class Section:
    """A field of prose: ``html`` is safe, and "" where nobody has given it."""

    anchor: str
    label: str
    html: str

    @property
    def is_known(self) -> bool:
        return bool(self.html)


def fact_of(instance: models.Model, name: str) -> Fact:
    field = instance._meta.get_field(name)
    return Fact(_label(field), typeset(_display(instance, field), instance.language))


def section_of(instance: models.Model, name: str) -> Section:
    field = instance._meta.get_field(name)
    html = mark_safe(expand_db_html(getattr(instance, name) or ""))  # noqa: S308 - its editor's, or escaped
    return Section(f"about-{name}".replace("_", "-"), _label(field), typeset(html, instance.language))


def _label(field: models.Field) -> str:
    return capfirst(str(field.verbose_name))


def _display(instance: models.Model, field: models.Field) -> str:
    value = getattr(instance, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(instance, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    return str(value)
