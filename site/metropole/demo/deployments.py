"""What public sources say of the use of solutions, and of what came of it."""

from wagtail.models import Locale

from catalogue.deployments.services import draw_up, redraw
from catalogue.deployments.statements import Source, said_of
from catalogue.models import Deployment, EvaluationPage, SolutionPage
from metropole.organisations.models import Organisation

from . import schema
from .pages import publish


def save_deployment(entry: schema.Deployment) -> None:
    """Writes it down, or corrects it, as long as its authority has not said anything itself."""
    solution, organisation = _solution(entry.solution), Organisation.objects.get(slug=entry.organisation)
    said, source = said_of(entry.model_dump()), Source(entry.source, str(entry.source_url or ""))
    known = Deployment.objects.filter(solution=solution, organisation=organisation).first()
    if known is None:
        draw_up(solution, organisation, said, source, None)
    elif known.is_sourced:
        redraw(known, said, source, None)


def save_evaluation(entry: schema.Evaluation) -> None:
    """Publishes it below its solution's sheet."""
    solution = _solution(entry.solution)
    page = EvaluationPage.objects.child_of(solution).filter(slug=entry.slug).first()
    page = page or EvaluationPage(slug=entry.slug, solution=solution)
    for name, value in entry.model_dump(exclude={"slug", "solution"}).items():
        setattr(page, name, value)
    publish(page, solution)


def _solution(slug: str) -> SolutionPage:
    return SolutionPage.objects.get(slug=slug, locale=Locale.get_default())
