"""Who carries a need and who has it too, as readers see them: names, their number, a map of the communes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation
from metropole.territory.enums import TerritoryKind
from metropole.territory.map import MapView, MapWords, map_view
from metropole.territory.models import Territory

from ..enums import NeedState
from ..models import Interest, Need
from .transitions import CAPTIVE
from .values import ValueNote, value_note

MAP_WORDS = MapWords(
    title=_("Communes that carry or have this need"),
    explanation=_("Map of the communes that carry or have this need; a territory counts in each of its communes"),
    none=_("no authority"),
    one=_("1 authority"),
    many=_("authorities"),
    table_url="#interests",
)


@dataclass(frozen=True)
class Carriers:
    lead: Organisation
    joined: list[Organisation]
    note: ValueNote | None
    may_ask: bool

    @property
    def count(self) -> int:
        return 1 + len(self.joined)


@dataclass(frozen=True)
class Interests:
    rows: list[Interest]
    map: MapView | None
    may_say: bool
    language: str = settings.LANGUAGE_CODE
    """In which agents write."""


def reader(request: HttpRequest) -> AbstractUser | AnonymousUser:
    """Who has signed in. A visitor's session is not looked into: their page is the same for all, and may be kept."""
    return request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else AnonymousUser()


def carriers_of(request: HttpRequest, need: Need) -> dict[str, Carriers]:
    """For the public page."""
    note = value_note(need, reader(request))
    return {"carriers": Carriers(need.organisation, need.carriers[1:], note, need.state == NeedState.OPEN)}


def interests_in(request: HttpRequest, need: Need) -> dict[str, Interests] | None:
    """For the public page; None where there is nobody and nobody may be added."""
    rows = list(need.interests.select_related("organisation__territory"))
    state = need.state
    may_say = state not in CAPTIVE
    if not rows and not may_say:
        return None
    concerned = [*need.carriers, *(one.organisation for one in rows)]
    shown = map_of(concerned) if rows else None
    return {"interests": Interests(rows, shown, may_say)}


def map_of(organisations: Iterable[Organisation]) -> MapView | None:
    """The communes concerned, on the outlines of the territories; none where no authority has a place."""
    places = [organisation.territory for organisation in organisations if organisation.territory]
    counts = Counter(place.slug for place in places if place.kind == TerritoryKind.COMMUNE)
    territories = Counter(place.pk for place in places if place.kind == TerritoryKind.EPT)
    for slug, parent in Territory.objects.filter(parent__in=territories).values_list("slug", "parent"):
        counts[slug] += territories[parent]
    return map_view(counts, MAP_WORDS, only_counted=True) if counts else None
