"""Translations follow their original: what is published, withdrawn or deleted there counts for them as well."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from .facts import copy_facts
from .progress import is_complete

logger = logging.getLogger(__name__)


def original_published(sender: type, instance: Page, **kwargs: Any) -> None:
    """Signal receiver: a page was published, perhaps again."""
    bring_up_to_date(instance)


def original_unpublished(sender: type, instance: Page, **kwargs: Any) -> None:
    """Signal receiver: what is withdrawn in one language must not go on being read in another."""
    withdraw(instance)


def original_deleted(sender: type, instance: Page, **kwargs: Any) -> None:
    """Signal receiver: the translations stay for the editors, as drafts that stand alone."""
    withdraw(instance)


def bring_up_to_date(original: Model) -> None:
    """Has the translations of a changed original wait for what is new in it, and gives them its facts at once."""
    source = TranslationSource.objects.get_for_instance_or_none(original)
    if source is None:
        return
    source.update_from_db()
    for translation in _kept(original):
        target = _live_target(translation)
        if target is None:
            continue
        if is_settled(translation, target):
            _publish_again(translation)
        elif copy_facts(source.get_source_instance(), target):
            target.save_revision(clean=False).publish()


def withdraw(original: Model) -> None:
    """Takes the translations of an original offline."""
    for translation in _kept(original):
        target = _live_target(translation)
        if target is not None:
            target.unpublish()


def is_settled(translation: Translation, target: DraftStateMixin) -> bool:
    """Whether nothing is to be translated, and all that is translated has been published by somebody."""
    written = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )
    return is_complete(translation) and not written.filter(updated_at__gt=target.last_published_at).exists()


def _kept(original: Model) -> QuerySet[Translation]:
    kept = Translation.objects.filter(
        source__object_id=original.translation_key, source__locale_id=original.locale_id, enabled=True
    )
    return kept.select_related("source", "target_locale")


def _live_target(translation: Translation) -> DraftStateMixin | None:
    try:
        target = translation.get_target_instance()
    except translation.source.specific_content_type.model_class().DoesNotExist:
        return None
    return target if getattr(target, "live", False) else None


def _publish_again(translation: Translation) -> None:
    """What has no words (the order of paragraphs, a picture, a paragraph less) needs nobody to translate it."""
    try:
        translation.save_target(publish=True)
    except ValidationError as error:
        # wagtail-localize keeps the error with the passage, where the translator finds it.
        logger.warning("The translation “%s” could not follow its original: %s", translation.source.object_repr, error)
