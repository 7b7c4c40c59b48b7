"""How an organisation adds its evaluation to a solution's sheet, and in which steps."""

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from metropole.contributions.kinds import Kind, Step, register_kind
from metropole.contributions.models import Contribution

from ..models import SolutionPage
from .models import EvaluationPage


def register() -> None:
    """From ``AppConfig.ready()``."""
    register_kind(
        Kind(
            "evaluation",
            EvaluationPage,
            _("Evaluation of a solution"),
            _("what came of a solution, measured before and after"),
            (
                Step(
                    _("Who evaluated, and what was found"),
                    ("summary", "date", "author", "independence", "independence_explained", "outcome"),
                    required=("date", "author", "independence_explained"),
                    intro=_("No effect, or an adverse one, is as welcome as success: it is shown in the same way."),
                ),
                Step(
                    _("Method and figures"),
                    ("method", "sample", "figures", "results", "limits", "source", "source_url"),
                    required=("method", "sample", "figures", "limits"),
                    intro=_("Another authority must be able to judge how far the result is also true for it."),
                ),
            ),
            about=SolutionPage,
            prepare=_prepare,
        )
    )


def _prepare(page: EvaluationPage, contribution: Contribution) -> None:
    """It is named after its organisation and the solution."""
    page.solution, page.by = contribution.about.specific, contribution.organisation
    names = {"organisation": contribution.organisation, "solution": contribution.about.title}
    with override(settings.LANGUAGE_CODE):
        page.title = (gettext("Evaluation of “%(solution)s” by %(organisation)s") % names)[:255]
