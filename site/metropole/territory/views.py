from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.core.navigation import Link, trail
from metropole.core.profile import profile_parts
from metropole.search.presets import Preset
from metropole.search.services import facet_counts
from metropole.search.views import listing_response

from .enums import TerritoryKind
from .map import map_view
from .models import Territory


@dataclass(frozen=True)
class CountedTerritory:
    name: str
    url: str
    count: int
    number: int


def territory_index(request: HttpRequest) -> HttpResponse:
    """The map of the métropole and the same numbers as a table."""
    counts = facet_counts("territory")
    context = {"map": map_view(counts), "rows_by_ept": _rows(counts), "breadcrumb": trail(_index_link())}
    return render(request, "territory/territory_index.html", context)


def territory_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published about a territory: a search with the territory given."""
    territory = get_object_or_404(Territory.objects.select_related("parent", "authority"), slug=slug)
    preset = Preset(path=request.path, locked={"territory": (slug,)}, heading=territory.name)
    context = {
        "territory": territory,
        "heading": territory.name,
        "breadcrumb": _trail_to(territory),
        "children": territory.children.order_by("name"),
        "aliases": territory.aliases.all(),
        "parts": profile_parts(getattr(territory, "authority", None)),
    }
    return listing_response(request, preset, "territory/territory_detail.html", context)


def _index_link() -> Link:
    return Link(_("Territories"), reverse("territory:index"))


def _trail_to(territory: Territory) -> list[Link]:
    above = [territory.parent] if territory.parent and territory.parent.kind == TerritoryKind.EPT else []
    return trail(_index_link(), *(Link(place.name, place.get_absolute_url()) for place in (*above, territory)))


def _rows(counts: dict[str, int]) -> list[tuple[CountedTerritory, list[CountedTerritory]]]:
    communes: dict[int, list[CountedTerritory]] = {}
    for commune in Territory.objects.communes().order_by("name"):
        communes.setdefault(commune.number, []).append(_counted(commune, counts))
    second_level = Territory.objects.second_level().order_by("number")
    return [(_counted(territory, counts), communes[territory.number]) for territory in second_level]


def _counted(territory: Territory, counts: dict[str, int]) -> CountedTerritory:
    return CountedTerritory(
        territory.name, territory.get_absolute_url(), counts.get(territory.slug, 0), territory.number
    )
