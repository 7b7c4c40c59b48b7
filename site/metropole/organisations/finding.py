"""Finding organisations by the words of a name, whatever its accents: theirs, their territory's, its other ones."""

from django.db.models import QuerySet

from .models import Organisation
from .places import plain

LONGEST_QUERY = 100


def named(organisations: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Those of which a name holds each of the words, or whose SIREN it is."""
    words = plain(text[:LONGEST_QUERY]).split("-")
    if words == [""]:
        return organisations.none()
    rows = organisations.values_list("pk", "name", "siren", "territory__aliases__name")
    found = {pk for pk, name, siren, alias in rows if any(_holds(one, words) for one in (name, siren, alias) if one)}
    return organisations.filter(pk__in=found)


def _holds(name: str, words: list[str]) -> bool:
    parts = plain(name).split("-")
    return all(any(part.startswith(word) for part in parts) for word in words)
