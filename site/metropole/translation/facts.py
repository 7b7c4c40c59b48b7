"""Facts (dates, places, figures, files) are the original's: its translations get them whenever it is published."""

from typing import Any

from django.db.models import Field, ManyToOneRel, Model
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields


def copy_facts(original: Model, translation: Model) -> bool:
    """Gives a translation the facts of its original, without saving it; tells whether any differed."""
    copied = [
        _copied(listed.get_field(type(original)), original, translation)
        if isinstance(listed, SynchronizedField)
        else _copied_below(listed.get_field(type(original)), original, translation)
        for listed in get_translatable_fields(type(original))
    ]
    return any(copied)


def _copied(field: Field | ManyToOneRel, original: Model, translation: Model) -> bool:
    if _said(field, original) == _said(field, translation):
        return False
    if isinstance(field, ParentalManyToManyField):
        setattr(translation, field.name, list(getattr(original, field.name).all()))
    elif isinstance(field, ManyToOneRel):
        original.copy_child_relation(field.name, translation)
    else:
        setattr(translation, field.attname, getattr(original, field.attname))
    return True


def _copied_below(field: Field | ManyToOneRel, original: Model, translation: Model) -> bool:
    """The facts among the objects that belong to both, such as the date of a key figure."""
    if not isinstance(field, ManyToOneRel) or not issubclass(field.related_model, TranslatableMixin):
        return False
    rows = list(getattr(translation, field.name).all())
    originals = {row.translation_key: row for row in getattr(original, field.name).all()}
    copied = [copy_facts(originals[row.translation_key], row) for row in rows if row.translation_key in originals]
    if any(copied):
        setattr(translation, field.name, rows)
    return any(copied)


def _said(field: Field | ManyToOneRel, instance: Model) -> Any:
    if isinstance(field, ParentalManyToManyField):
        return {related.pk for related in getattr(instance, field.name).all()}
    if isinstance(field, ManyToOneRel):
        rows = getattr(instance, field.name).all()
        own = [own for own in field.related_model._meta.concrete_fields if own not in (field.field, own.model._meta.pk)]
        return sorted(str([getattr(row, own.attname) for own in own]) for row in rows)
    return getattr(instance, field.attname)
