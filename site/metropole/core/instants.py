"""A day and an hour in Paris, as people type them: an hour that does not exist, or exists twice, is refused."""

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .forms import SiteRenderer

_HOUR = re.compile(r"(\d{1,2}) ?(?:[:hH] ?(\d{2})?)?", re.ASCII)
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII),
    re.compile(r"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{4})", re.ASCII),
)
FARTHEST = dt.timedelta(days=5 * 365)
"""From now: what is farther away is a slip of the keyboard."""
LONGEST = 60
"""Characters kept of what is typed in each of both fields."""


class InstantWidget(forms.MultiWidget):
    """Two controls, whose text is one: the day, then the hour, as they were typed."""

    template_name = "forms/instant.html"
    use_fieldset = True

    def __init__(self, attrs: dict | None = None) -> None:
        day, hour = forms.TextInput(attrs={"type": "date"}), forms.TextInput(attrs={"type": "time"})
        super().__init__({"day": day, "hour": hour}, attrs)

    def decompress(self, value: str | None) -> list[str]:
        day, _space, hour = (value or "").partition(" ")
        return [day, hour]

    def value_from_datadict(self, data: Mapping, files: MultiValueDict, name: str) -> str:
        """What both hold; or the one text, where that is what was sent."""
        if name in data:
            return str(data[name] or "")
        day, hour = (str(data.get(f"{name}_{part}") or "").strip()[:LONGEST] for part in ("day", "hour"))
        return f"{day.replace(' ', '')} {hour}".rstrip()

    def value_omitted_from_data(self, data: Mapping, files: MultiValueDict, name: str) -> bool:
        return not any(key in data for key in (name, f"{name}_day", f"{name}_hour"))

    def _render(self, template_name: str, context: dict, renderer: BaseRenderer | None = None) -> SafeString:
        """Its template is the site's, wherever it is shown."""
        return super()._render(template_name, context, SiteRenderer())


class InstantField(forms.Field):
    """An instant from a day and an hour in Paris."""

    widget = InstantWidget

    def prepare_value(self, value: Any) -> str:
        return typed_instant(value) if isinstance(value, dt.datetime) else str(value or "")

    def clean(self, value: Any) -> dt.datetime | None:
        # With a T in the place of the space, as browsers write it.
        typed = str(value or "").strip().replace("T", " ", 1)
        if not typed:
            return super().clean(None)
        day, _space, hour = typed.partition(" ")
        if not day or not hour:
            raise ValidationError(_("Give both the day and the hour."), code="incomplete")
        found = instant(dt.datetime.combine(_day(day), _hour(hour)))
        if found - timezone.now() > FARTHEST:
            raise ValidationError(_("This is too far away: look at the year."), code="far")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


def typed_instant(value: dt.datetime | None) -> str:
    """An instant as one would have typed it."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def instant(local: dt.datetime) -> dt.datetime:
    """The instant at which clocks in Paris show a day and an hour. Raises ValidationError unless there is just one."""
    zone = timezone.get_default_timezone()
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(dt.UTC)
    words = {"day": f"{local:%d/%m/%Y}", "hour": f"{local:%H:%M}"}
    if first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != local:
        said = _("On %(day)s, %(hour)s does not exist in Paris: clocks go forward that night. Choose another hour.")
    else:
        said = _("On %(day)s, it is %(hour)s twice in Paris: clocks go back that night. Choose another hour.")
    raise ValidationError(said % words, code="no_single_instant")


def _day(typed: str) -> dt.date:
    if parts := next(filter(None, (form.fullmatch(typed) for form in _DAYS)), None):
        with suppress(ValueError):
            return _within(dt.date(*(int(parts[name]) for name in ("year", "month", "day"))))
    raise ValidationError(_("This day does not exist: write it like 14/01/2027."), code="invalid_day")


def _within(day: dt.date) -> dt.date:
    """Years that clocks and databases know. Raises ValueError."""
    if not 1970 <= day.year <= 9000:
        raise ValueError
    return day


def _hour(typed: str) -> dt.time:
    parts = _HOUR.fullmatch(typed.strip())
    with suppress(ValueError):
        if parts:
            return dt.time(int(parts[1]), int(parts[2] or 0))
    raise ValidationError(_("This hour does not exist: write it like 17:00."), code="invalid_hour")
