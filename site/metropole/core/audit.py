"""What people did, in Wagtail's log: who, for which organisation, what it was before and after, and why."""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
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

Label = str | Promise

_labels: dict[str, Label] = {}
_words: dict[str, tuple[Label, Mapping[str, Label]]] = {}


def register_action(action: str, label: Label) -> None:
    """Makes an action known, such as "organisations.membership.accept": "accept a member". From ``ready()``."""
    _labels[action] = label


def register_words(name: str, label: Label, choices: Iterable[tuple[str, Label]] = ()) -> None:
    """How a part of what changed, and its values, are told where it is no field of the model. From ``ready()``."""
    _words[name] = label, dict(choices)


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
        parts = [_change(log_entry.content_type.model_class(), data.get("before"), data.get("after"))]
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
        change = _change(log_entry.content_type.model_class(), data.get("before"), data.get("after"))
        parts = [change, self._formatter.format_comment(log_entry)]
        return " – ".join(str(part) for part in parts if part)


def _change(model: type[models.Model] | None, before: Any, after: Any) -> str:
    if before == after:
        return ""
    return f"{_said(model, before)} → {_said(model, after)}"


def _said(model: type[models.Model] | None, value: Any, choices: Mapping[str, Label] = MappingProxyType({})) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_part(model, name, part) for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_said(model, part, choices) for part in value) or "–"
    return "–" if value in (None, "") else str(choices.get(str(value), value))


def _part(model: type[models.Model] | None, name: str, value: Any) -> str:
    """A part of what changed, as the model or the app that records it calls it."""
    label, choices = _words.get(name, (name, {}))
    fields = {field.name: field for field in model._meta.concrete_fields} if model else {}
    if name in fields:
        label, choices = fields[name].verbose_name, dict(fields[name].flatchoices) or choices
    return f"{label}{_(':')} {_said(model, value, choices)}"


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, Mapping):
        return {name: _renamed(part, old, new) for name, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, old, new) for part in value]
    return value.replace(old, new) if isinstance(value, str) else value
