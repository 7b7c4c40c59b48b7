"""What changed in an original since it was translated: each passage to be translated, beside what it replaces."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from wagtail.admin.compare import diff_text
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from .progress import missing_passages

LIKE_ENOUGH = 0.5


@dataclass(frozen=True)
class Change:
    """A passage to be translated: ``difference`` marks what changed (HTML), the rest is plain text."""

    field: str
    now: str
    difference: SafeString | str
    translation_before: str

    @property
    def is_new(self) -> bool:
        return not self.translation_before


def changes(translation: Translation) -> list[Change]:
    """The passages to be translated, in their order."""
    former = list(_former(translation))
    return [_change(segment, former, translation) for segment in missing_passages(translation)]


def _former(translation: Translation) -> Iterable[StringTranslation]:
    """Translations of passages that the original no longer has."""
    now = StringSegment.objects.filter(source_id=translation.source_id).values("string_id")
    written = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id, has_error=False
    )
    return written.exclude(translation_of_id__in=now).select_related("translation_of", "context")


def _change(segment: StringSegment, former: list[StringTranslation], translation: Translation) -> Change:
    now = _plain(segment.string.data)
    before = max(
        (written for written in former if written.context_id == segment.context_id),
        key=lambda written: _likeness(_plain(written.translation_of.data), now),
        default=None,
    )
    field = _field_name(segment, translation)
    if before is None or _likeness(_plain(before.translation_of.data), now) < LIKE_ENOUGH:
        return Change(field, now, "", "")
    difference = _difference(_plain(before.translation_of.data), now)
    return Change(field, now, difference, _plain(before.data))


def _difference(before: str, now: str) -> SafeString:
    """The text with what was taken away and what was put in, each marked as such."""
    marks = {"deletion": "<del>{}</del>", "addition": "<ins>{}</ins>"}
    return mark_safe("".join(format_html(marks.get(kind, "{}"), text) for kind, text in diff_text(before, now).changes))  # noqa: S308


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _plain(data: str) -> str:
    return StringValue(data).render_text()


def _field_name(segment: StringSegment, translation: Translation) -> str:
    model = translation.source.specific_content_type.model_class()
    try:
        field = model._meta.get_field(segment.context.path.split(".")[0])
    except FieldDoesNotExist:
        return segment.context.path
    return capfirst(str(getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name_plural))
