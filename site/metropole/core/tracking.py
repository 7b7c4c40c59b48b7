"""What the entries that Wagtail itself makes in the log leave out: whose it is, and what it was before and after.

Each app names the models of which they are to tell. What an object of theirs was is read from the database before it is
changed, and stands in the entries that are made of the change; entries that have it already are left as they are.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from asgiref.local import Local
from django.db import models
from django.utils.text import Truncator
from wagtail.models import BaseLogEntry

LONGEST_VALUE = 200


def fields_of(instance: models.Model) -> dict[str, Any]:
    """The state of an object that has no life but its fields."""
    fields = (field for field in instance._meta.concrete_fields if not field.primary_key)
    return {field.name: _as_json(field, instance) for field in fields}


@dataclass(frozen=True)
class Tracked:
    """How the objects of a model, or of its subclasses, are told of.

    ``state`` says what one is now, as JSON; ``organisations`` whose it is.
    """

    model: type[models.Model]
    state: Callable[[Any], Mapping[str, Any]] = fields_of
    organisations: Callable[[Any], Iterable[models.Model]] = lambda instance: ()

    def stored(self, key: Any) -> models.Model | None:
        return self.model._base_manager.filter(pk=key).first()

    def state_now(self, key: Any) -> Mapping[str, Any] | None:
        """As the database knows it; None for what is not there."""
        stored = self.stored(key)
        return stored and self.state(stored)


@dataclass
class _Before:
    """What an object was before it was last changed; ``is_told``: an entry says so already."""

    state: Mapping[str, Any] | None
    is_told: bool = False


_tracked: dict[type[models.Model], Tracked] = {}
_memory = Local()


def track(tracked: Tracked) -> None:
    """From ``AppConfig.ready()``."""
    _tracked[tracked.model] = tracked


def about_to_change(instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Signal receiver, before an object is saved; also called before something on which its state depends is.

    Several changes that no entry tells apart are one.
    """
    tracked = _tracked_as(type(instance))
    if tracked is None or instance.pk is None or raw:
        return
    known = _known(tracked, instance.pk)
    if known is None or known.is_told:
        _remember(tracked, instance.pk, tracked.state_now(instance.pk))


def created(instance: models.Model, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Signal receiver, after an object is saved."""
    tracked = _tracked_as(type(instance))
    if tracked and created and not raw:
        _remember(tracked, instance.pk, None)


def forget_changes(**kwargs: Any) -> None:
    """Signal receiver: another request has nothing to do with what was changed in the last one."""
    _memory.changes = {}


def complete(instance: BaseLogEntry, raw: bool = False, **kwargs: Any) -> None:
    """Signal receiver, before an entry is saved in the log."""
    tracked = _tracked_as(instance.content_type.model_class())
    if tracked is None or not instance._state.adding or raw:
        return
    stored = tracked.stored(instance.object_id)
    if stored is None:
        return
    if "before" not in instance.data:
        instance.data = instance.data | _change(instance, tracked, tracked.state(stored))
    if "organisation" not in instance.data:
        instance.data = instance.data | _owners(tracked.organisations(stored))
    if known := _known(tracked, stored.pk):
        known.is_told = True
    if instance.action == "wagtail.publish" and instance.user_id is None and instance.revision:
        # A translation is published after the commit, when nobody acts any more: it is by who has saved it.
        instance.user_id = instance.revision.user_id


def _change(entry: BaseLogEntry, tracked: Tracked, now: Mapping[str, Any]) -> dict[str, Any]:
    if entry.action == "wagtail.delete":
        # Said while the object is still there.
        return {"before": _shortened(now), "after": None}
    known = _known(tracked, entry.object_id)
    before = known.state if known else now
    if tracked.state is fields_of and before is not None:
        changed = [name for name in now if before.get(name) != now[name]]
        before, now = ({name: state.get(name) for name in changed} for state in (before, now))
    return {"before": _shortened(before), "after": _shortened(now)}


def _owners(organisations: Iterable[models.Model]) -> dict[str, Any]:
    """The same as ``record`` keeps; several are found by the name of each."""
    owners = list(organisations)
    return {"organisation": {"id": owners[0].pk, "name": ", ".join(map(str, owners))}} if owners else {}


def _tracked_as(model: type[models.Model] | None) -> Tracked | None:
    return next((found for base, found in _tracked.items() if model and issubclass(model, base)), None)


def _known(tracked: Tracked, key: Any) -> _Before | None:
    return _changes().get((tracked.model, str(key)))


def _remember(tracked: Tracked, key: Any, state: Mapping[str, Any] | None) -> None:
    _changes()[tracked.model, str(key)] = _Before(state)


def _changes() -> dict[tuple[type[models.Model], str], _Before]:
    if not hasattr(_memory, "changes"):
        forget_changes()
    return _memory.changes


def _as_json(field: models.Field, instance: models.Model) -> Any:
    value = field.value_from_object(instance)
    if field.is_relation and value is not None:
        return str(getattr(instance, field.name))
    return value if isinstance(value, bool | int | float | list | dict | None) else str(value)


def _shortened(state: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if state is None:
        return None
    return {
        name: Truncator(value).chars(LONGEST_VALUE) if isinstance(value, str) else value
        for name, value in state.items()
    }
