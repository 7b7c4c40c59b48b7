"""What people did, in Wagtail's log: who, for which organisation, what it was before and after, and why."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Replace
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.log_actions import log as wagtail_log
from wagtail.models import BaseLogEntry, ModelLogEntry

_labels: dict[str, str | Promise] = {}


def register_action(action: str, label: str | Promise) -> None:
    """Makes an action known, such as "organisations.membership.accept": "accept a member". From ``ready()``."""
    _labels[action] = label


def record(
    instance: models.Model,
    action: str,
    person: AbstractUser | None,
    *,
    organisation: models.Model | None = None,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> None:
    """Writes in the log that a person, or the site itself (None), did something, in the transaction that does it.

    ``organisation``: the one that the person acted for. ``before`` and ``after``: what changed, as JSON.
    """
    data: dict[str, Any] = {"before": before, "after": after}
    if organisation is not None:
        data["organisation"] = {"id": organisation.pk, "name": str(organisation)}
    if reason:
        data["reason"] = reason
    wagtail_log(instance=instance, action=action, user=person, data=data)


def rename_in_log(old: str, new: str) -> None:
    """Puts another name in the place of one that the log keeps no longer, in what entries are about and what they say.

    The log of pages is left alone: their titles name no account.
    """
    entries = ModelLogEntry.objects.annotate(text=Cast("data", TextField()))
    entries.filter(label__contains=old).update(label=Replace("label", Value(old), Value(new)))
    for entry in entries.filter(text__contains=json.dumps(old)[1:-1]):
        entry.data = _renamed(entry.data, old, new)
        entry.save(update_fields=["data"])


def tell_wagtail(registry: LogActionRegistry) -> None:
    """Gives Wagtail's log the actions of the whole site, and has its own say what they changed."""
    for action, formatter in registry.formatters.items():
        if not isinstance(formatter, _ChangeFormatter | _WagtailFormatter):
            registry.formatters[action] = _WagtailFormatter(formatter)
    for action, label in _labels.items():
        formatter = type("Change", (_ChangeFormatter,), {"label": label})
        registry.register_action(action)(formatter)


class _ChangeFormatter(LogFormatter):
    """The label of the action, then for whom it was done, what it changed and why."""

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return capfirst(str(self.label))

    def format_comment(self, log_entry: BaseLogEntry) -> str:
        data = log_entry.data
        parts = [_change(data.get("before"), data.get("after"))]
        if "organisation" in data:
            parts.append(_("for %(organisation)s") % {"organisation": data["organisation"]["name"]})
        parts.append(data.get("reason", ""))
        return " – ".join(part for part in parts if part)


class _WagtailFormatter(LogFormatter):
    """What Wagtail says of an action of its own, then what it changed."""

    def __init__(self, formatter: LogFormatter) -> None:
        self._formatter, self.label = formatter, formatter.label

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return self._formatter.format_message(log_entry)

    def format_comment(self, log_entry: BaseLogEntry) -> str:
        data = log_entry.data
        parts = [_change(data.get("before"), data.get("after")), self._formatter.format_comment(log_entry)]
        return " – ".join(str(part) for part in parts if part)


def _change(before: Any, after: Any) -> str:
    if before == after:
        return ""
    return f"{_said(before)} → {_said(after)}"


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_said(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "–"
    return "–" if value in (None, "") else str(value)


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, Mapping):
        return {name: _renamed(part, old, new) for name, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, old, new) for part in value]
    return value.replace(old, new) if isinstance(value, str) else value
