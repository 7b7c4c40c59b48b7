import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ..languages import language_name
from ..navigation import Navigation
from ..navigation import navigation as build_navigation
from ..numbers import Count
from ..typography import typeset

register = template.Library()
register.filter(language_name)


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> Navigation | None:
    """The menus and language links of the page being rendered; none where there is no request (error 500)."""
    request = context.get("request")
    return build_navigation(request, context.get("page"), context.get("written_in")) if request else None


@register.filter
def or_unknown(value: object) -> object:
    """The value, or "not provided", said and styled as such: readers see what nobody has said."""
    if value not in (None, ""):
        return value
    return format_html('<span class="unknown">{}</span>', gettext("not provided"))


@register.filter
def known(fields: Iterable[Any]) -> list[Any]:
    """Of a sheet's fields, those that somebody has filled."""
    return [field for field in fields if field.is_known]


@register.filter
def unknown(fields: Iterable[Any]) -> list[Any]:
    """Of a sheet's fields, those that nobody has filled."""
    return [field for field in fields if not field.is_known]


@register.filter
def reader_date(value: dt.date | dt.datetime | None) -> str:
    """A day in words, such as 27 novembre 2018."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return date_format(value, "DATE_FORMAT")


@register.filter
def paris_time(value: dt.datetime | None) -> SafeString | str:
    """An instant with its zone said, such as "jeudi 14 janvier 2027 à 17 h 00, heure de Paris"."""
    if not value:
        return ""
    local = timezone.localtime(value)
    day, hour = date_format(local, "l j F Y"), date_format(local, "TIME_FORMAT")
    words = gettext("%(day)s at %(hour)s, Paris time") % {"day": day, "hour": hour}
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


register.filter(typeset)


@register.filter
def number(value: int) -> Count:
    """A number of things, as the reader's language writes it."""
    return Count(value)
