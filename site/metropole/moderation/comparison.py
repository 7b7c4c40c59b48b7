"""What differs between two versions of a page, as its reviewers read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Field
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import (
    FieldComparison,
    RichTextFieldComparison,
    StreamFieldComparison,
    TextFieldComparison,
    diff_text,
)
from wagtail.models import Page
from wagtail.utils.text import text_from_html

from metropole.core.lists import ChoicesField, RowsField
from metropole.core.translatable import PROMOTED


@dataclass(frozen=True)
class Difference:
    """A field as it was and as it would be (HTML), side by side; ``both``: for what cannot be told apart so."""

    label: str
    before: SafeString | str = ""
    after: SafeString | str = ""
    both: SafeString | str = ""


def differences(page: Page, before: Page, after: Page) -> list[Difference]:
    """The fields that differ, in the order of the editor; without a page's address while it is not online."""
    promoted = {listed.field_name for listed in PROMOTED}
    handler = page.get_edit_handler().get_bound_panel(instance=page, request=None, form=None)
    compared = [comparison(before, after) for comparison in handler.get_comparison()]
    compared = [comparison for comparison in compared if comparison.field.name not in promoted or page.live]
    changed = (_difference(comparison) for comparison in compared if comparison.has_changed())
    return [difference for difference in changed if difference.before or difference.after or difference.both]


def _difference(comparison: FieldComparison) -> Difference:
    label = str(comparison.field_label())
    if isinstance(comparison, TextFieldComparison):
        return _side_by_side(label, comparison)
    if comparison.is_child_relation:
        return Difference(label, both=_children(comparison))
    is_many = comparison.field.many_to_many or isinstance(comparison, StreamFieldComparison)
    return Difference(label, both=comparison.htmldiff()) if is_many else _values(label, comparison)


def _values(label: str, comparison: FieldComparison) -> Difference:
    """A date, a choice, a reference: one in the place of the other."""
    before, after = (_display(comparison.field, value) for value in (comparison.val_a, comparison.val_b))
    return Difference(
        label,
        before=format_html("<del>{}</del>", before) if before else "",
        after=format_html("<ins>{}</ins>", after) if after else "",
    )


def _display(field: Field, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, ChoicesField | RowsField):
        return field.display(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation:
        return str(field.related_model._default_manager.filter(pk=value).first() or "")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return localize(value)


def _side_by_side(label: str, comparison: TextFieldComparison) -> Difference:
    is_rich = isinstance(comparison, RichTextFieldComparison)
    before, after = (text_from_html(text) if is_rich else text for text in (comparison.val_a, comparison.val_b))
    return side_by_side(label, before, after)


def side_by_side(label: str, before: str, after: str) -> Difference:
    """Two texts, with the words marked that only one of them has."""
    changes = diff_text(before, after).changes
    return Difference(
        label,
        before=_marked(changes, without="addition", mark="del"),
        after=_marked(changes, without="deletion", mark="ins"),
    )


def _marked(changes: Iterable[tuple[str, str]], without: str, mark: str) -> SafeString:
    kept = [(kind, text) for kind, text in changes if kind != without]
    return format_html_join(
        "", "{}", ((text if kind == "equal" else format_html("<{0}>{1}</{0}>", mark, text),) for kind, text in kept)
    )


def _children(comparison: FieldComparison) -> SafeString:
    """The rows of a relation, such as key figures, each with its fields."""
    rows = [
        format_html(
            "<dl>{}</dl>",
            format_html_join(
                "",
                "<dt>{}</dt><dd>{}</dd>",
                ((field.field_label(), field.htmldiff()) for field in child.get_field_comparisons()),
            ),
        )
        for child in comparison.get_child_comparisons()
    ]
    return format_html_join("", "{}", ((row,) for row in rows))
