"""The métropole drawn as an SVG map, each commune coloured by a number and linked to its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metropole.search.services import facet_counts

from .enums import TerritoryKind
from .models import Territory

VIEW_BOX = "0 0 1000 1181"
STEPS = (1, 2, 3, 5, 9)
"""Least count of each colour step above the first, which is for none."""
SHAPES_KEY = "territory:shapes"
SHAPES_SECONDS = 300


@dataclass(frozen=True)
class MapShape:
    slug: str
    label: str
    count: int
    level: int
    path: str
    url: str


@dataclass(frozen=True)
class LegendStep:
    level: int
    first: int
    last: int | None


@dataclass(frozen=True)
class MapWords:
    """What the map counts, in words. ``table_url``: where the same is in a table, if not on the territories' page."""

    title: str | Promise
    explanation: str | Promise
    none: str | Promise
    one: str | Promise
    many: str | Promise
    table_url: str = ""


PUBLISHED = MapWords(
    title=_("Published items by commune"),
    explanation=_("Map of the communes, by number of published items"),
    none=_("nothing published"),
    one=_("1 published item"),
    many=_("published items"),
)


@dataclass(frozen=True)
class MapView:
    view_box: str
    shapes: list[MapShape]
    outlines: list[str]
    legend: list[LegendStep]
    words: MapWords
    table_url: str


def map_view(counts: Mapping[str, int], words: MapWords = PUBLISHED, *, only_counted: bool = False) -> MapView:
    """The map for a count by commune slug; communes without one count none.

    ``only_counted`` leaves those out, for a page that has other things to show: a quarter of the weight.
    """
    communes, outlines = _drawing()
    shapes = [
        MapShape(slug, name, counts.get(slug, 0), _level(counts.get(slug, 0)), path, _url(slug))
        for slug, name, path in communes
        if counts.get(slug) or not only_counted
    ]
    return MapView(VIEW_BOX, shapes, outlines, legend(), words, words.table_url or reverse("territory:index"))


def communes_below(slug: str) -> list[str]:
    """The communes of a territory, by slug."""
    return list(Territory.objects.filter(parent__slug=slug).values_list("slug", flat=True))


def home_map(request: HttpRequest) -> MapView:
    """The front page's map: number of published items by commune."""
    return map_view(facet_counts("territory"))


def legend() -> list[LegendStep]:
    bounds = (0, *STEPS)
    lasts = [first - 1 for first in STEPS]
    return [
        LegendStep(level, first, last) for level, (first, last) in enumerate(zip(bounds, [*lasts, None], strict=True))
    ]


def forget_drawing(**kwargs) -> None:
    """Signal receiver: a territory was changed."""
    cache.delete(SHAPES_KEY)


def _level(count: int) -> int:
    return sum(count >= least for least in STEPS)


def _url(slug: str) -> str:
    return reverse("territory:detail", args=[slug])


def _drawing() -> tuple[list[tuple[str, str, str]], list[str]]:
    return cache.get_or_set(SHAPES_KEY, _read_drawing, SHAPES_SECONDS)


def _read_drawing() -> tuple[list[tuple[str, str, str]], list[str]]:
    drawn = Territory.objects.exclude(outline="").order_by("name")
    communes = list(drawn.filter(kind=TerritoryKind.COMMUNE).values_list("slug", "name", "outline"))
    outlines = list(drawn.filter(kind=TerritoryKind.EPT).values_list("outline", flat=True))
    return communes, outlines
