"""The deployments of a solution, or of an authority, as everybody reads them: a table, its numbers, a map."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from metropole.territory.enums import TerritoryKind
from metropole.territory.map import MapView, MapWords, communes_below, map_view

from .enums import Stage
from .models import Deployment, DeploymentStage
from .querysets import DeploymentQuerySet

MAP_WORDS = MapWords(
    title=_("Deployments by commune"),
    explanation=_("Map of the communes, by number of deployments; that of a territory counts in each of its communes"),
    none=_("no deployment"),
    one=_("1 deployment"),
    many=_("deployments"),
    table_url="#deployments",
)


@dataclass(frozen=True)
class Passed:
    """A stage, and when it began: None where nobody has said it."""

    label: str
    since: dt.date | None


@dataclass(frozen=True)
class Row:
    deployment: Deployment
    stages: list[Passed]

    @property
    def stage(self) -> str:
        return capfirst(str(self.deployment.get_stage_display()))


@dataclass(frozen=True)
class StageCount:
    stage: str
    label: str
    count: int


@dataclass(frozen=True)
class Deployments:
    """``counts``: of each stage, none left out: what has stopped is counted as what has begun."""

    rows: list[Row]
    counts: list[StageCount]
    map: MapView | None = None
    language: str = settings.LANGUAGE_CODE
    """In which agents and editors write."""

    def __bool__(self) -> bool:
        return bool(self.rows)


def deployments_of(page: Page) -> Deployments:
    """Those of a solution, the same on its sheet in every language."""
    rows = rows_of(Deployment.objects.public().for_solution(page))
    found = [row.deployment for row in rows]
    return Deployments(rows, counts_of(found), _map(found) if found else None)


def rows_of(deployments: DeploymentQuerySet) -> list[Row]:
    """The deployments that are public among some, authority by authority, in one query."""
    stages = DeploymentStage.objects.public().filter(deployment__in=deployments).by_authority()
    by_deployment = [list(own) for _pk, own in groupby(stages, key=lambda stage: stage.deployment_id)]
    return [Row(own[0].deployment, history(own[0].deployment, own)) for own in by_deployment]


def history(deployment: Deployment, stages: Sequence[DeploymentStage]) -> list[Passed]:
    """Its stages in their order: of those that follow each other with the same name, the last corrects the others."""
    known = [stage for stage in stages if stage.state == deployment.state]
    runs = [list(run)[-1] for _stage, run in groupby(known, key=lambda stage: stage.stage)]
    passed = [Passed(str(stage.get_stage_display()), stage.since) for stage in runs]
    start = deployment.started_on
    if start and runs and runs[0].since != start:
        passed.insert(0, Passed(str(_("beginning")), start))
    return passed


def counts_of(deployments: Iterable[Deployment]) -> list[StageCount]:
    numbers = Counter(one.stage for one in deployments)
    always = (Stage.TEST, Stage.PILOT, Stage.IN_USE, Stage.STOPPED)
    shown = [stage for stage in Stage if stage in always or numbers[stage]]
    return [StageCount(stage.value, capfirst(str(stage.label)), numbers[stage.value]) for stage in shown]


def _map(deployments: Iterable[Deployment]) -> MapView | None:
    """The communes concerned, on the outlines of the territories; none where no deployment has a place."""
    counts: Counter[str] = Counter()
    for deployment in deployments:
        place = deployment.organisation.territory
        if place and place.kind == TerritoryKind.COMMUNE:
            counts[place.slug] += 1
        elif place and place.kind == TerritoryKind.EPT:
            counts.update(communes_below(place.slug))
    return map_view(counts, MAP_WORDS, only_counted=True) if counts else None
