from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, Column, RowsField

from ...enums import AiActClass, AnnexIIICase, Assessment, DataUse, Explainability, Openness, Technique
from .common import YES_NO

MODELS = (
    Column("name", _("Name"), required=True),
    Column("version", _("Version")),
    Column("provider", _("Provider")),
    Column("general_purpose", _("General-purpose model"), "yesno"),
    Column("openness", _("Openness"), "choice", codes=Openness),
    Column("retrained", _("Trained further"), "yesno"),
)
DATA_SOURCES = (
    Column("name", _("Data"), required=True),
    Column("use", _("Use"), "choice", required=True, codes=DataUse),
    Column("origin", _("Provenance")),
    Column("licence", _("Licence")),
    Column("special", _("Special categories (GDPR, article 9)"), "yesno"),
)
ASSESSMENTS = (
    Column("kind", _("Assessment"), "choice", required=True, codes=Assessment),
    Column("date", _("Date"), "date", required=True),
    Column("author", _("Author"), required=True),
    Column("link", _("Link"), "url"),
)
MEASURES = (
    Column("indicator", _("Indicator"), required=True),
    Column("value", _("Value"), required=True),
    Column("dataset", _("Measured on")),
    Column("date", _("Date"), "date"),
)


class AiPart(models.Model):
    """What is inside, what the law makes of it, how its results are explained, where it is wrong."""

    contains_ai = models.BooleanField(
        _("contains AI"), null=True, blank=True, choices=YES_NO, help_text=_("Does any part of it use an AI model?")
    )
    techniques = ChoicesField(_("techniques"), codes=Technique, help_text=_("All that it uses."))
    ai_models = RowsField(_("AI models"), columns=MODELS, help_text=_("One line for each model."))
    data_sources = RowsField(
        _("data used"), columns=DATA_SOURCES, help_text=_("What it reads, and what its models were trained on.")
    )
    ai_act_class = models.CharField(
        _("class under the AI Act"),
        max_length=20,
        choices=AiActClass,
        blank=True,
        help_text=_("By its use, under Regulation (EU) 2024/1689. “High risk” needs its case of Annex III."),
    )
    annex_iii_case = models.CharField(
        _("case of Annex III"), max_length=5, choices=AnnexIIICase, blank=True, help_text=_("For high risk only.")
    )
    ai_act_reason = ProseField(
        _("why this class"), blank=True, help_text=_("What the class was concluded from, in two or three sentences.")
    )
    ai_act_assessed_by = models.CharField(
        _("class assessed by"), max_length=150, blank=True, help_text=_("E.g. “the publisher's legal department”.")
    )
    ai_act_assessed_on = models.DateField(
        _("class assessed on"), null=True, blank=True, help_text=_("The day of that conclusion, e.g. 12/03/2026.")
    )
    assessments = RowsField(
        _("assessments made"),
        columns=ASSESSMENTS,
        help_text=_("With their date and author, and a link if they can be read."),
    )
    explainability = models.CharField(
        _("explainability"),
        max_length=20,
        choices=Explainability,
        blank=True,
        help_text=_("What can be explained, and to whom."),
    )
    explanation_example = ProseField(
        _("example of an explanation"), blank=True, help_text=_("As an agent or a resident would read it.")
    )
    known_limits = ProseField(
        _("known limits"), blank=True, help_text=_("Where it is wrong, for whom it works less well.")
    )
    measured_errors = RowsField(
        _("measured errors"), columns=MEASURES, help_text=_("E.g. “false alarms: 12 % on 400 images of 2025”.")
    )

    class Meta:
        abstract = True
