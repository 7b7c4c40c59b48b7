"""How far a translation is: which passages of the original have no words in the other language yet.

A passage ("segment" in wagtail-localize) is a title, a paragraph, an item of a list, a cell. Where the original
changes, the passages that changed are new ones, to be translated; the others keep their translation.
"""

from django.db.models import Count, Exists, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail_localize.models import StringSegment, StringTranslation, Translation


def _translated() -> QuerySet[StringTranslation]:
    """The usable translation of a passage, from a query on passages annotated with ``target``."""
    return StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("target"),
        has_error=False,
    )


def with_progress(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """Adds how many passages the original has (``passages``), and how many await a translation (``missing``)."""
    passages = StringSegment.objects.filter(source_id=OuterRef("source_id")).order_by()
    missing = passages.annotate(target=OuterRef("target_locale_id")).filter(~Exists(_translated()))
    return translations.annotate(passages=_counted(passages), missing=_counted(missing))


def _counted(passages: QuerySet[StringSegment]) -> Coalesce:
    count = passages.values("source_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)


def missing_passages(translation: Translation) -> QuerySet[StringSegment]:
    """The passages of the original that await a translation, in their order."""
    passages = StringSegment.objects.filter(source_id=translation.source_id)
    target = passages.annotate(target=Subquery(_target(translation)))
    return target.filter(~Exists(_translated())).select_related("string", "context").order_by("order")


def _target(translation: Translation) -> QuerySet:
    return Translation.objects.filter(pk=translation.pk).values("target_locale_id")


def is_complete(translation: Translation) -> bool:
    """Whether every passage of the original has its translation."""
    return not missing_passages(translation).exists()


def translation_of(instance: Model) -> Translation | None:
    """The record by which an instance is kept as the translation of another, if it is."""
    kept = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    )
    return kept.select_related("source", "source__locale", "target_locale").first()


def is_behind(instance: Model) -> bool:
    """Whether the original has changed since this translation was last published. One query at the most."""
    if instance.last_published_at is None:
        return False
    passages = StringSegment.objects.filter(
        source__object_id=instance.translation_key,
        source__translations__target_locale_id=instance.locale_id,
        source__translations__enabled=True,
    )
    published = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=instance.locale_id,
        has_error=False,
        created_at__lte=instance.last_published_at,
    )
    return passages.filter(~Exists(published)).exists()
