"""What the use of a solution adds to its sheet, and to its search document."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import escape

from .display import Deployments, deployments_of

if TYPE_CHECKING:
    from ..evaluations.models import EvaluationPage


def with_use(pages: QuerySet, kind: str) -> QuerySet:
    """Fetches with a solution whether there is anything to say of its use: most sheets ask no more."""
    if kind != "solution":
        return pages
    from ..models import Deployment, EvaluationPage

    key = OuterRef("translation_key")
    return pages.annotate(
        has_deployments=Exists(Deployment.objects.public().filter(solution__translation_key=key)),
        has_evaluations=Exists(EvaluationPage.objects.live().filter(solution__translation_key=key)),
    )


class ShowsUse:
    """A solution's sheet in any language: who uses it, and what came of it."""

    has_deployments = has_evaluations = True
    """Whether there may be any: known of a sheet that was fetched to be read."""

    @cached_property
    def deployments_shown(self) -> Deployments:
        return deployments_of(self) if self.has_deployments else Deployments([], [])

    @cached_property
    def evaluations(self) -> "list[EvaluationPage]":
        from ..evaluations.display import evaluations_of

        return evaluations_of(self) if self.has_evaluations else []

    @property
    def texts_of_use(self) -> Iterator[str]:
        """Words by which the solution is found besides its own."""
        for evaluation in self.evaluations:
            yield escape(f"{evaluation.author} {evaluation.summary}")
            yield from (section.html for section in evaluation.sections if section.html)
            yield from (escape(" ".join(row)) for row in evaluation.figure_rows)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        own = {"deployments": self.deployments_shown, "evaluations": self.evaluations}
        return super().get_context(request, *args, **kwargs) | own
