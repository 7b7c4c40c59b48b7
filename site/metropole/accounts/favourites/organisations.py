"""Organisations, which know nothing of favourites, as something to keep."""

from collections.abc import Collection

from django.utils.text import capfirst
from django.utils.translation import get_language

from metropole.organisations.models import Organisation

from .registry import Item, register_kind

KIND = "organisation"


def register() -> None:
    register_kind(KIND, _find)


def _find(refs: Collection[str]) -> dict[str, Item]:
    keys = [int(ref) for ref in refs if ref.isascii() and ref.isdigit() and len(ref) < 19]
    found = Organisation.objects.verified().filter(pk__in=keys).select_related("territory")
    return {
        str(one.pk): Item(one.name, one.get_absolute_url(), capfirst(one.get_kind_display()), get_language())
        for one in found
    }
