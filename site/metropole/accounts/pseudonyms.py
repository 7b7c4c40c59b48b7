"""Another name in the log for who has closed their account: it says what was done, and no longer who it was."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry

from .models import User


def entries_naming(user: User) -> list[ModelLogEntry]:
    """The entries of the log that hold somebody's address, or their name where they are about what is theirs.

    Others may have the same name. Pages are left alone: their titles name no account.
    """
    entries = ModelLogEntry.objects.annotate(text=Cast("data", TextField())).select_related("content_type")
    found = list(entries.filter(Q(label__contains=user.email) | Q(text__contains=json.dumps(user.email)[1:-1])))
    name = user.get_full_name()
    if name:
        others = entries.filter(label__contains=name).exclude(pk__in=[entry.pk for entry in found])
        found += [entry for entry in others if _is_about(entry, user)]
    return found


def rename(entries: Iterable[ModelLogEntry], names: Iterable[str], pseudonym: str) -> None:
    words = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names if name))
    for entry in entries:
        entry.label = words.sub(pseudonym, entry.label)
        entry.data = _renamed(entry.data, words, pseudonym)
        entry.save(update_fields=["label", "data"])


def _is_about(entry: ModelLogEntry, user: User) -> bool:
    """Whether it is about the person or something of theirs; what is there no more was."""
    model = entry.content_type.model_class()
    instance = model and model._base_manager.filter(pk=entry.object_id).first()
    if instance is None or instance == user:
        return True
    owners = (field for field in instance._meta.fields if field.is_relation and field.related_model is User)
    return any(getattr(instance, field.attname) == user.pk for field in owners)


def _renamed(value: Any, words: re.Pattern, pseudonym: str) -> Any:
    if isinstance(value, dict):
        return {name: _renamed(part, words, pseudonym) for name, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, words, pseudonym) for part in value]
    return words.sub(pseudonym, value) if isinstance(value, str) else value
