"""Takes over a translation that exists already, passage by passage, as if a translator had typed it.

For data files that hold both languages: their translations are then kept like any other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest

from django.db.models import Model
from wagtail.models import DraftStateMixin, Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

_IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class UnevenPassagesError(ValueError):
    """Original and translation do not have the same passages; ``field`` names where."""

    def __init__(self, field: str, original: int, translation: int) -> None:
        super().__init__(field, original, translation)
        self.field, self.original, self.translation = field, original, translation

    def __str__(self) -> str:
        return f"{self.field} has {self.original} passages in the original and {self.translation} in the translation"


def record_translation(original: Model, wording: Model, locale: Locale) -> None:
    """Records, and publishes where anything is new, the translation of an instance.

    ``wording`` is an unsaved instance of the same model with the words of the other language. Raises
    UnevenPassagesError where it has not the same passages as the original.
    """
    source, _changed = TranslationSource.update_or_create_from_instance(original)
    translation, is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
    pairs = list(_paired(source, wording))
    written = [_written(segment, words, locale) for segment, words in pairs]
    if is_new or any(written):
        translation.save_target(publish=not isinstance(original, DraftStateMixin))
        if isinstance(original, DraftStateMixin):
            # At once: wagtail-localize would publish after the commit of the whole file.
            translation.get_target_instance().get_latest_revision().publish()


def _paired(source: TranslationSource, wording: Model) -> Iterable[tuple[StringSegment, str]]:
    """Each passage of the original with its words in the other language."""
    originals: dict[str, list[StringSegment]] = defaultdict(list)
    for segment in source.stringsegment_set.select_related("string", "context").order_by("order"):
        originals[_place(segment.context.path)].append(segment)
    words: dict[str, list[str]] = defaultdict(list)
    for value in extract_segments(wording):
        if isinstance(value, StringSegmentValue):
            words[_place(value.path)].append(value.string.data)
    for place in dict.fromkeys((*originals, *words)):
        for segment, text in zip_longest(originals[place], words[place]):
            if segment is None or text is None:
                raise UnevenPassagesError(place, len(originals[place]), len(words[place]))
            yield segment, text


def _place(path: str) -> str:
    """Where a passage stands, without the identifiers of blocks and rows, which each side makes for itself."""
    return _IDENTIFIER.sub("*", path)


def _written(segment: StringSegment, text: str, locale: Locale) -> bool:
    """Writes the translation of a passage; tells whether it says anything new."""
    written, is_new = StringTranslation.objects.get_or_create(
        translation_of=segment.string,
        locale=locale,
        context=segment.context,
        defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
    )
    if is_new or written.data == text:
        return is_new
    written.data, written.has_error, written.field_error = text, False, ""
    written.save()
    return True
