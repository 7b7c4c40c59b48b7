from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from .models import Collection, Favourite
from .services import with_items


def register() -> None:
    register_personal_data(
        PersonalData(
            name="favourites",
            label=_("Favourites, collections and notes"),
            purpose=_("For you to find again what you have kept. Nobody else sees them."),
            kept=_("Until you remove them, or close your account."),
            export=_exported,
            erase=_erase,
        )
    )


def _exported(person: AbstractUser) -> dict[str, Any]:
    favourites = Favourite.objects.filter(person=person).select_related("collection")
    return {
        "collections": list(Collection.objects.filter(person=person).values_list("name", flat=True)),
        "favourites": [
            {
                "title": kept.title,
                "address": kept.item.url if kept.item else None,
                "collection": str(kept.favourite.collection or ""),
                "note": kept.favourite.note,
                "added_at": kept.favourite.added_at,
            }
            for kept in with_items(favourites)
        ],
    }


def _erase(person: AbstractUser) -> None:
    Favourite.objects.filter(person=person).delete()
    Collection.objects.filter(person=person).delete()
