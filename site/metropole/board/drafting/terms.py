"""What a need says besides its words, for who checks it before it is published."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.content.sheets import Fact
from metropole.core.lists import RowsField
from metropole.core.templatetags.site_tags import paris_time

from ..models import Need
from .steps import CALENDAR, PURCHASE, STEPS

_IN_EUROS = ("value_low", "value_high")


def terms_of(need: Need) -> list[Fact]:
    """Of its purchase and its calendar; what nobody has said is ""."""
    names = (*STEPS[PURCHASE - 1].fields, *STEPS[CALENDAR - 1].fields)
    fields = [need._meta.get_field(name) for name in names]
    return [Fact(capfirst(str(field.verbose_name)), _shown(need, field, getattr(need, field.name))) for field in fields]


def _shown(need: Need, field: models.Field, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(field, RowsField):
        return field.display(value).replace("\n", _("; "))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return paris_time(value)
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    if field.choices:
        return capfirst(str(getattr(need, f"get_{field.name}_display")()))
    if isinstance(value, int):
        return f"{number_format(value, force_grouping=True)}{' €' if field.name in _IN_EUROS else ''}"
    return str(value)
