"""The row of a commune's inventory of public algorithms: what Etalab's guide asks for, as far as the sheet says it.

https://guides.data.gouv.fr/autres-ressources-utiles/les-algorithmes-publics-pourquoi-et-comment-les-expliquer
Whatever the commune alone knows (its department, its number of decisions a year) is there, empty, for it to fill.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from ..enums import DataUse, SolutionKind
from ..models import SolutionPage
from .values import said


@dataclass(frozen=True)
class InventoryColumn:
    """A column of the inventory. ``asked``: what the guide calls it; ``found``: what the sheet says of it."""

    name: str
    label: str | Promise
    asked: str
    found: Callable[[SolutionPage], str] = lambda page: ""


def _of(*names: str) -> Callable[[SolutionPage], str]:
    return lambda page: "\n".join(filter(None, (said(page, name) for name in names)))


def _rows_said(page: SolutionPage, field: str, column: str, **where: str) -> str:
    kept = (row for row in getattr(page, field) if all(row.get(name) == value for name, value in where.items()))
    return ", ".join(dict.fromkeys(filter(None, (row.get(column) for row in kept))))


COLUMNS = (
    InventoryColumn("administration", _("Administration"), "Nom de l’administration concernée"),
    InventoryColumn("department", _("Department in charge"), "Direction ou service porteur"),
    InventoryColumn("contact", _("Contact"), "Contact au sein de l’administration"),
    InventoryColumn(
        "updated_on",
        _("Information updated on"),
        "Date de mise à jour des informations",
        lambda page: timezone.localdate(page.last_published_at).isoformat(),
    ),
    InventoryColumn("name", _("Name of the algorithm"), "Nom de l’algorithme", lambda page: page.title),
    InventoryColumn("context", _("Context"), "Contexte global", lambda page: page.summary),
    InventoryColumn("purpose", _("Purpose"), "Finalité de l’algorithme", _of("problem_and_use")),
    InventoryColumn(
        "part_in_decision",
        _("Part in the decision"),
        "Comment et quand l’algorithme intervient-il dans la prise de décision ?",
        _of("human_control"),
    ),
    InventoryColumn(
        "individual_decision",
        _("Serves to decide about a person"),
        "Décision administrative individuelle",
        _of("individual_decision"),
    ),
    InventoryColumn(
        "automation", _("Degree of automation"), "Niveau d’automatisation de la décision", _of("automation")
    ),
    InventoryColumn("legal_basis", _("Legal basis"), "Fondements juridiques", _of("legal_basis")),
    InventoryColumn("decisions_a_year", _("Decisions a year"), "Nombre de décisions administratives prises par an"),
    InventoryColumn("reach", _("Reach of the decision"), "Portée de la décision"),
    InventoryColumn("people_concerned", _("People concerned"), "Public concerné par la décision"),
    InventoryColumn(
        "data",
        _("Data processed"),
        "Données traitées",
        lambda page: _rows_said(page, "data_sources", "name", use=DataUse.INPUT),
    ),
    InventoryColumn(
        "data_source",
        _("Source of the data"),
        "Source des données traitées",
        lambda page: _rows_said(page, "data_sources", "origin", use=DataUse.INPUT),
    ),
    InventoryColumn("data_collection", _("How the data are collected"), "Mode de collecte des données traitées"),
    InventoryColumn("personal_data", _("Personal data"), "Données personnelles", _of("personal_data")),
    InventoryColumn("algorithm_type", _("Type of algorithm"), "Type d’algorithme", _of("techniques")),
    InventoryColumn(
        "operations",
        _("Operations carried out"),
        "Opérations effectuées par l’algorithme",
        _of("ai_models"),
    ),
    InventoryColumn("publisher", _("Publisher"), "Éditeur de la solution", _of("publisher")),
    InventoryColumn("source_code", _("Source code"), "Dépôt du code source", _of("repository")),
    InventoryColumn("assessments", _("Assessments made"), "Analyses d’impact", _of("assessments")),
    InventoryColumn("sheet", _("Sheet of the solution"), "Fiche de la solution", lambda page: page.full_url),
)


def concerns_algorithms(page: SolutionPage) -> bool:
    """Equipment holds no algorithm to take stock of, unless it contains AI."""
    return page.kind != SolutionKind.HARDWARE or bool(page.contains_ai)


def inventory_rows(page: SolutionPage, users: Iterable[Organisation]) -> list[dict[str, str]]:
    """A row for each authority that uses the solution; one without a name where no use is confirmed."""
    row = {column.name: column.found(page) for column in COLUMNS}
    return [row | {"administration": str(user)} for user in users] or [row]
