"""Solutions that resemble another, with the reason. How often a solution is used or read plays no part in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.core.navigation import in_reader_language
from metropole.search.documents import document_id
from metropole.search.facets import SOLUTION, TERRITORY_WHOLE
from metropole.search.hits import hits
from metropole.search.listing import Hit
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.registry import vocabulary
from metropole.search.services import Outcome, search

from .deployments.enums import Stage
from .models import SolutionPage

SHOWN = 3
_MOST_READ = 60
Values = Mapping[str, Sequence[str]]


def similar_hits(page: SolutionPage) -> list[Hit]:
    """The solutions that share most with a sheet, each with what it shares.

    The rule: who shares more of theme, technique and place of use comes first; then who shares more values of them;
    then the order of the alphabet.
    """
    own = {
        "theme": [theme.slug for theme in page.themes.all()],
        "technique": page.techniques,
        "deployed": _with_above(_places_of_use(page)),
    }
    own_id, own_url = document_id(page), in_reader_language(page.url)
    found: dict[str, tuple[Outcome, Mapping[str, Any]]] = {}
    for name, values in own.items():
        for outcome, stored in _having(name, values) if values else ():
            found.setdefault(stored["id"], (outcome, stored))
    shared = {key: _shared(own, stored) for key, (_outcome, stored) in found.items() if key != own_id}
    first = sorted(shared, key=lambda key: (*_rank(shared[key]), found[key][1]["title"]))[: SHOWN + 1]
    shown = [replace(_hit(*found[key]), note=reason(shared[key])) for key in first]
    return [hit for hit in shown if hit.url != own_url][:SHOWN]


def _places_of_use(page: SolutionPage) -> list[str]:
    """The slugs of the territories whose authorities publicly try or use it; those that stopped do not."""
    running = (row.deployment for row in page.deployments_shown.rows if row.deployment.stage != Stage.STOPPED)
    territories = (deployment.organisation.territory for deployment in running)
    return sorted({territory.slug for territory in territories if territory})


def reason(shared: Values) -> str:
    """What two solutions share, in a sentence."""
    words = {
        "theme": _("same theme (%(names)s)"),
        "technique": _("same technique (%(names)s)"),
        "deployed": _("also tried or used in %(names)s"),
    }
    return capfirst(", ".join(words[name] % {"names": _names(name, values)} for name, values in shared.items()))


def _having(name: str, values: Sequence[str]) -> Iterable[tuple[Outcome, Mapping[str, Any]]]:
    """Solutions that have one of the values of a facet, as the index stores them."""
    preset = Preset(path="", locked={"type": (SOLUTION,), name: tuple(values)})
    outcome = search(Query(sort="title"), preset, counted=(), size=_MOST_READ)
    return ((outcome, stored) for stored in outcome.result.hits)


def _shared(own: Values, stored: Mapping[str, Any]) -> Values:
    """What both have, of places the nearest alone."""
    theirs = {"theme": stored["theme"], "technique": stored["technique"], "deployed": _with_above(stored["deployed"])}
    shared = {name: [value for value in own[name] if value in theirs[name]] for name in own}
    above = {place for value in shared["deployed"] for place in vocabulary("territory").ancestors(value)}
    shared["deployed"] = [place for place in shared["deployed"] if place not in above]
    return {name: values for name, values in shared.items() if values}


def _rank(shared: Values) -> tuple[int, int]:
    return -len(shared), -sum(map(len, shared.values()))


def _with_above(places: Sequence[str]) -> list[str]:
    """Places and the territories that hold them; all have the whole métropole in common, which says nothing."""
    return [place for place in vocabulary("territory").expand(places) if place != TERRITORY_WHOLE]


def _names(facet_name: str, values: Sequence[str]) -> str:
    known = vocabulary("territory" if facet_name == "deployed" else facet_name)
    return ", ".join(known.label(value) for value in values)


def _hit(outcome: Outcome, stored: Mapping[str, Any]) -> Hit:
    (hit,) = hits(replace(outcome, result=replace(outcome.result, hits=[stored])))
    return hit
