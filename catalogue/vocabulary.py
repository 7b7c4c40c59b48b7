"""Values of the facets that solutions alone have, in the order in which they are offered."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.search.facets import FRESH, NOT_FRESH
from metropole.search.registry import Term, register_vocabulary

from .enums import AiActClass, HostingZone, Licensing, SolutionKind, Technique
from .price_bands import PRICE_BANDS

CHOICES: dict[str, type[models.TextChoices]] = {
    "kind": SolutionKind,
    "technique": Technique,
    "ai_act": AiActClass,
    "hosting": HostingZone,
    "licence": Licensing,
}
INDEPENDENT = "independent"
BY_COMMUNE = "commune"


def register() -> None:
    for name, choices in CHOICES.items():
        register_vocabulary(name, lambda language, choices=choices: _terms(choices))
    register_vocabulary("price", lambda language: [Term(band.value, str(band.label)) for band in PRICE_BANDS])
    register_vocabulary("evaluation", lambda language: [Term(INDEPENDENT, _("Evaluated independently"))])
    register_vocabulary("confirmed", lambda language: [Term(BY_COMMUNE, _("By a commune or another authority"))])
    register_vocabulary("fresh", fresh_terms)


def _terms(choices: type[models.TextChoices]) -> list[Term]:
    return [Term(value, capfirst(str(label))) for value, label in choices.choices]


def fresh_terms(language: str) -> list[Term]:
    return [Term(FRESH, _("Up to date")), Term(NOT_FRESH, _("Not confirmed for more than a year"))]
