"""The sheet as its readers and its carrier go through it: groups of fields, and what each field is asked.

From it come the steps of the form, the page, the comparison, the exports, the import and the completeness.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..enums import Quality


@dataclass(frozen=True)
class Group:
    """Fields that are read together. ``needs_ai``: they only mean something of a solution that contains AI."""

    name: str
    label: str | Promise
    fields: tuple[str, ...]
    intro: str | Promise = ""
    needs_ai: bool = False


GROUPS = (
    Group(
        "identity",
        _("Identity"),
        ("kind", "publisher", "status", "started_on", "ended_on", "maturity", "website"),
    ),
    Group(
        "use",
        _("Use"),
        ("problem_and_use", "discouraged_uses", "suited_to", "prerequisites", "lead_time"),
        _("For a colleague who has the problem and does not know the solution."),
    ),
    Group(
        "ai",
        _("Artificial intelligence"),
        ("contains_ai", "techniques", "ai_models", "data_sources"),
        _("“No” to the first question is enough for a solution without AI."),
    ),
    Group(
        "ai_act",
        _("AI Act"),
        ("ai_act_class", "annex_iii_case", "ai_act_reason", "ai_act_assessed_by", "ai_act_assessed_on", "assessments"),
        _("The class follows from the use. It decides what a commune that uses the solution owes, and from when."),
        needs_ai=True,
    ),
    Group(
        "results",
        _("Explanations, limits and errors"),
        ("explainability", "explanation_example", "known_limits", "measured_errors"),
    ),
    Group(
        "people",
        _("People's data and decisions"),
        (
            "personal_data",
            "legal_basis",
            "gdpr_role",
            "retention",
            "transfers",
            "individual_decision",
            "automation",
            "crpa_notice",
            "human_control",
        ),
    ),
    Group(
        "hosting",
        _("Hosting"),
        ("hosting_zone", "hosting_place", "applicable_law", "certifications", "on_site", "sub_processors"),
    ),
    Group(
        "openness",
        _("Openness and way out"),
        ("licensing", "spdx", "repository", "interfaces", "connectors", "export_formats", "exit_terms"),
    ),
    Group(
        "quality",
        _("Accessibility, frugality and security"),
        (
            "qualities",
            "accessibility_rate",
            "accessibility_audited_on",
            "accessibility_statement",
            "ai_need_shown",
            "alternative_without_ai",
            "footprint",
            "frugal_practices",
            "ecodesign_rate",
            "security_tested_on",
            "disclosure_policy",
            "bill_of_materials",
        ),
    ),
    Group(
        "price",
        _("Price and ways to buy"),
        ("price_model", "prices", "other_costs", "how_to_get_it", "buying_routes"),
    ),
)

FIELDS = tuple(name for group in GROUPS for name in group.fields)

ESSENTIAL = (
    "kind",
    "publisher",
    "status",
    "contains_ai",
    "personal_data",
    "hosting_place",
    "price_model",
    "how_to_get_it",
    "problem_and_use",
)
"""With the title, the summary and the themes, the twelve fields that a publisher owes; the first thing one reads."""

EVIDENCED = (
    "maturity",
    "ai_models",
    "data_sources",
    "ai_act_class",
    "assessments",
    "explainability",
    "measured_errors",
    "legal_basis",
    "transfers",
    "hosting_place",
    "hosting_zone",
    "applicable_law",
    "certifications",
    "export_formats",
    "exit_terms",
    "licensing",
    "accessibility_rate",
    "ai_need_shown",
    "footprint",
    "frugal_practices",
    "ecodesign_rate",
    "security_tested_on",
)
"""Claims that ask for evidence: without, readers are told that nobody has verified them."""

CONFIRMABLE = (
    "status",
    "problem_and_use",
    "prerequisites",
    "lead_time",
    "known_limits",
    "measured_errors",
    "retention",
    "human_control",
    "hosting_place",
    "interfaces",
    "connectors",
    "export_formats",
    "exit_terms",
    "prices",
    "other_costs",
    "buying_routes",
)
"""Claims that an authority that uses the solution can confirm from what it has seen."""

OF_AI = (
    *(name for group in GROUPS if group.needs_ai for name in group.fields),
    "techniques",
    "ai_models",
    "data_sources",
    "ai_need_shown",
    "alternative_without_ai",
    "frugal_practices",
)
OF_PERSONAL_DATA = ("legal_basis", "gdpr_role", "retention", "transfers")
QUALITY = "quality:"
"""Before a quality, what its evidence is about."""


def field_label(name: str) -> str:
    """The name of a field, as readers see it."""
    from ..models import SolutionPage

    return capfirst(str(SolutionPage._meta.get_field(name).verbose_name))


def evidence_choices() -> list[tuple[str, str]]:
    """All that can be evidenced, each quality by itself."""
    qualities = [(f"{QUALITY}{quality.value}", f"“{quality.label}”") for quality in Quality]
    return [*((name, field_label(name)) for name in FIELDS if name in EVIDENCED), *qualities]
