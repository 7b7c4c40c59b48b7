from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from .models import Collection, Favourite
from .registry import Item, find_items


class NotOnlineError(LookupError):
    """Nobody can read it, so nobody keeps it."""


@dataclass(frozen=True)
class Kept:
    """A favourite with what it leads to; ``item`` is None when that is not online any more."""

    favourite: Favourite
    item: Item | None

    @property
    def title(self) -> str:
        return self.item.title if self.item else self.favourite.title

    @property
    def language(self) -> str:
        return self.item.language if self.item else self.favourite.language


def keep(person: AbstractUser, kind: str, ref: str) -> Item:
    """Keeps something in no collection yet, once however often it is asked. Raises NotOnlineError."""
    item = find_items([(kind, ref)]).get((kind, ref))
    if item is None:
        raise NotOnlineError
    favourite = Favourite(person=person, kind=kind, ref=ref, title=item.title[:255], language=item.language)
    Favourite.objects.bulk_create([favourite], ignore_conflicts=True)
    return item


def with_items(favourites: Sequence[Favourite]) -> list[Kept]:
    found = find_items({(favourite.kind, favourite.ref) for favourite in favourites})
    return [Kept(favourite, found.get((favourite.kind, favourite.ref))) for favourite in favourites]


@transaction.atomic
def delete_collection(collection: Collection) -> None:
    """What is in it stays among the favourites, in no collection; once, if it was there already."""
    loose = set(Favourite.objects.filter(person=collection.person_id, collection=None).values_list("kind", "ref"))
    for favourite in collection.favourites.all():
        if (favourite.kind, favourite.ref) not in loose:
            favourite.collection = None
            favourite.save(update_fields=["collection"])
    collection.delete()
