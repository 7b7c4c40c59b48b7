"""Who may call an evaluation independent: nobody who gains by it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from metropole.organisations.models import Organisation
from metropole.organisations.places import plain

from ..deployments.models import Deployment
from ..deployments.policy import carriers
from .enums import Independence

if TYPE_CHECKING:
    from .models import EvaluationPage


def contradictions(evaluation: "EvaluationPage") -> dict[str, str]:
    """What an evaluation says that cannot be, by field."""
    if evaluation.solution is None:
        return {}
    checks = {
        Independence.INDEPENDENT: _not_independent,
        Independence.BY_AUTHORITY: _not_by_an_authority,
        Independence.UNKNOWN: _not_unknown,
    }
    check = checks.get(evaluation.independence)
    fault = check(evaluation) if check else ""
    return {"independence": fault} if fault else {}


def _not_independent(evaluation: "EvaluationPage") -> str:
    publishing = Organisation.objects.filter(pk__in=carriers(evaluation.solution))
    names = {plain(organisation.name) for organisation in publishing}
    if evaluation.by in publishing or plain(evaluation.author) in names:
        return _("The publisher’s own evaluation is not independent: choose “by the publisher”.")
    if evaluation.by and plain(evaluation.author) == plain(evaluation.by.name) and _uses_it(evaluation):
        return _("Your authority uses this solution: choose “by the authority that uses it”.")
    return ""


def _not_by_an_authority(evaluation: "EvaluationPage") -> str:
    by = evaluation.by
    if by and (not by.is_authority or by.pk in carriers(evaluation.solution)):
        return _("Only an authority that uses the solution says so: choose “by the publisher”.")
    return ""


def _not_unknown(evaluation: "EvaluationPage") -> str:
    return _("Say who evaluated: only a source may leave it out.") if evaluation.by else ""


def _uses_it(evaluation: "EvaluationPage") -> bool:
    known = Deployment.objects.public().for_solution(evaluation.solution)
    return known.filter(organisation=evaluation.by).exists()
