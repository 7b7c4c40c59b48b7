"""What apps above this one have to say of a content on its page: fetched with it, in the same query."""

from collections.abc import Callable

from django.db.models import QuerySet

Addition = Callable[[QuerySet, str], QuerySet]
"""Annotates contents of a kind, named as in the facet "type"."""

_additions: list[Addition] = []


def register_reading(addition: Addition) -> None:
    """From ``AppConfig.ready()``."""
    _additions.append(addition)


def for_reading(pages: QuerySet, kind: str) -> QuerySet:
    for addition in _additions:
        pages = addition(pages, kind)
    return pages
