"""Needs as something to keep."""

from collections.abc import Collection

from django.utils.text import capfirst
from django.utils.translation import get_language

from metropole.accounts.favourites.registry import Item, register_kind

from .models import Need

KIND = "need"


def register() -> None:
    register_kind(KIND, _find)


def _find(refs: Collection[str]) -> dict[str, Item]:
    keys = [int(ref) for ref in refs if ref.isascii() and ref.isdigit() and len(ref) < 19]
    needs = Need.objects.published().with_texts().filter(pk__in=keys)
    return {str(need.pk): _item(need) for need in needs}


def _item(need: Need) -> Item:
    text = need.text_for(get_language())
    return Item(text.title, need.get_absolute_url(), capfirst(str(Need._meta.verbose_name)), text.language)
