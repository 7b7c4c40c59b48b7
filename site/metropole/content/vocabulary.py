"""Values of the facets that are lists fixed in the code, in the order in which they are offered."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from metropole.core.periods import PeriodState
from metropole.search.registry import Term, register_vocabulary

PRESENTATION = "presentation"
CONTENT_TYPES = (
    "practice",
    "project",
    "kit",
    "article",
    "programme",
    "call",
    "event",
    "solution",
    "need",
    PRESENTATION,
)
"""Kinds of documents that are content: all but organisations."""

REFERENCE_TYPES = tuple(kind for kind in CONTENT_TYPES if kind not in ("need", PRESENTATION))
"""Kinds of content to learn from; the others call for an answer."""


def register() -> None:
    """Gives the search its fixed facets."""
    register_vocabulary("type", type_terms)
    register_vocabulary("status", status_terms)
    register_vocabulary("ai", ai_terms)
    register_vocabulary("maturity", maturity_terms)
    register_vocabulary("lang", language_terms)


def type_terms(language: str) -> list[Term]:
    return [
        Term("practice", _("Practice")),
        Term("project", _("Project")),
        Term("kit", _("Kit or practical sheet")),
        Term("article", _("Article")),
        Term("programme", _("Programme")),
        Term("call", _("Call")),
        Term("event", _("Event")),
        Term("solution", _("Solution")),
        Term("need", _("Need")),
        Term(PRESENTATION, _("Grouped purchase")),
        Term("organisation", _("Organisation")),
    ]


def status_terms(language: str) -> list[Term]:
    """Stages of projects and solutions, then where periods stand, which the search derives from the clock."""
    return [
        Term("planned", _("Planned")),
        Term("research", _("Research and development")),
        Term("trial", _("On trial")),
        Term("running", _("Under way")),
        Term("in_service", _("In service")),
        Term("completed", _("Completed")),
        Term("stopped", _("Stopped")),
        Term(PeriodState.UPCOMING, _("Upcoming")),
        Term(PeriodState.OPEN, _("Open")),
        Term(PeriodState.CLOSED, _("Closed")),
    ]


def ai_terms(language: str) -> list[Term]:
    return [Term("yes", _("Contains AI")), Term("no", _("Without AI"))]


def maturity_terms(language: str) -> list[Term]:
    return [
        Term("low", _("Idea or prototype (TRL 1 to 3)")),
        Term("mid", _("Demonstrated (TRL 4 to 6)")),
        Term("high", _("Ready or in service (TRL 7 to 9)")),
    ]


def language_terms(language: str) -> list[Term]:
    return [Term(code, capfirst(str(get_language_info(code)["name_translated"]))) for code, _name in settings.LANGUAGES]
