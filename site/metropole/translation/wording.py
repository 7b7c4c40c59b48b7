"""Whether words may stand as the translation of a passage."""

from html.parser import HTMLParser

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment
from wagtail_localize.strings import StringValue, validate_translation_links

_ALONE = frozenset({"br"})


class _Balance(HTMLParser):
    """Follows the tags of a passage; ``fault`` says what is wrong with the first that is."""

    def __init__(self) -> None:
        super().__init__()
        self.fault = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ALONE:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag not in _ALONE:
            self._found(_("the tag </%(tag)s> closes nothing") % {"tag": tag})

    def handle_comment(self, data: str) -> None:
        self._found(_("comments have no place in a text"))

    def close(self) -> None:
        unfinished = self.rawdata.startswith("<")
        super().close()
        if unfinished:
            self._found(_("a tag is cut in the middle"))
        if self._open:
            self._found(_("the tag <%(tag)s> is not closed") % {"tag": self._open[-1]})

    def _found(self, fault: str) -> None:
        self.fault = self.fault or fault


def fault_of(segment: StringSegment, words: str, model: type[Model]) -> str:
    """Why words can't be the translation of a passage of the model; empty if they can."""
    try:
        value = StringValue.from_translated_html(words)
        validate_translation_links(segment.string.data, words)
    except ValueError as error:
        return str(error)
    balance = _Balance()
    balance.feed(words)
    balance.close()
    return balance.fault or _too_long(segment, value.render_text(), model)


def _too_long(segment: StringSegment, text: str, model: type[Model]) -> str:
    try:
        limit = getattr(model._meta.get_field(segment.context.path), "max_length", None)
    except FieldDoesNotExist:
        # A passage within a field, such as a paragraph of the body: none of these has a limit.
        return ""
    if limit is None or len(text) <= limit:
        return ""
    return _("%(count)d characters are too many: %(limit)d at most") % {"count": len(text), "limit": limit}
