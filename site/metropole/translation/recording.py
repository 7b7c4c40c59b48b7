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
    is_changed = _write(list(_paired(source, wording)), locale)
    if is_new or is_changed:
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


def _write(pairs: list[tuple[StringSegment, str]], locale: Locale) -> bool:
    """Writes the translation of each passage; tells whether they say anything new."""
    contexts = {segment.context_id for segment, _words in pairs}
    known = {
        (written.translation_of_id, written.context_id): written
        for written in StringTranslation.objects.filter(context__in=contexts, locale=locale)
    }
    new = {}
    for segment, words in pairs:
        place = (segment.string_id, segment.context_id)
        written = known.get(place)
        if written is None:
            new[place] = StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=words,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
        elif written.data != words:
            written.data, written.has_error, written.field_error = words, False, ""
            written.save()
            new[place] = written
    StringTranslation.objects.bulk_create(written for written in new.values() if written.pk is None)
    return bool(new)
