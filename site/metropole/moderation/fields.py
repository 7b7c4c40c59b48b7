"""The fields of a page by the names that its authors know them by."""

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from metropole.content.models import ContentPage
from metropole.core.translatable import PROMOTED

AS_WRITTEN = {"tagged_items": "tags"}
"""Fields that authors know by another name than the relation that holds them."""
_PROMOTED = {listed.field_name for listed in PROMOTED}


def field_label(model: type[Page], name: str) -> str:
    """The name of a field of a page, or of the whole of it for an empty name."""
    if not name:
        return _("The whole")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return capfirst(str(getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name_plural))


def field_names(model: type[Page]) -> list[str]:
    """The fields of a page that a reviewer may speak of, in the order in which they are filled in."""
    listed = getattr(model, "translatable_fields", ())
    names = (field.field_name for field in listed if field.field_name not in _PROMOTED)
    return [AS_WRITTEN.get(name, name) for name in names]


def field_choices(model: type[Page] | None) -> list[tuple[str, str]]:
    """The whole of a page, then its fields; those of all kinds of content where the kind is not known."""
    models_ = [model] if model else content_models()
    named: dict[str, str] = {}
    for known in models_:
        for name in field_names(known):
            named.setdefault(name, field_label(known, name))
    return [("", _("The whole")), *named.items()]


def content_models() -> list[type[models.Model]]:
    """The kinds of content."""
    found, waiting = [], [ContentPage]
    while waiting:
        model = waiting.pop(0)
        waiting += model.__subclasses__()
        if model.content_type_name:
            found.append(model)
    return found
