from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.core.lists import ChoicesField

from ...enums import Quality
from .common import YES_NO

AFNOR_PRACTICES = 31
"""Good practices that AFNOR SPEC 2314 (June 2024), on frugal AI, counts."""


class QualityPart(models.Model):
    """How far it is accessible, sparing and safe, as measured or shown."""

    accessibility_rate = models.PositiveSmallIntegerField(
        _("accessibility rate (RGAA)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("In %, from the last audit."),
    )
    accessibility_audited_on = models.DateField(
        _("accessibility audited on"), null=True, blank=True, help_text=_("The day of the last audit, e.g. 12/03/2026.")
    )
    accessibility_statement = models.URLField(
        _("accessibility statement"), blank=True, help_text=_("Its address, e.g. https://…")
    )
    qualities = ChoicesField(
        _("it is said to be"),
        codes=Quality,
        help_text=_("Each with its evidence; without, readers see “declared, not verified”."),
    )
    ai_need_shown = models.BooleanField(
        _("need for AI shown"),
        null=True,
        blank=True,
        choices=YES_NO,
        help_text=_("Was a solution without AI compared (AFNOR SPEC 2314)?"),
    )
    alternative_without_ai = models.CharField(
        _("alternative without AI"), max_length=250, blank=True, help_text=_("What does nearly the same without AI.")
    )
    footprint = models.CharField(
        _("footprint per use"),
        max_length=200,
        blank=True,
        help_text=_("With its unit and scope, e.g. “0.3 Wh per question, servers alone”."),
    )
    frugal_practices = models.PositiveSmallIntegerField(
        _("practices of AFNOR SPEC 2314 applied"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(AFNOR_PRACTICES)],
        help_text=_("Out of 31."),
    )
    ecodesign_rate = models.PositiveSmallIntegerField(
        _("eco-design rate (RGESN)"), null=True, blank=True, validators=[MaxValueValidator(100)], help_text=_("In %.")
    )
    security_tested_on = models.DateField(
        _("last security test"),
        null=True,
        blank=True,
        help_text=_("By somebody else than its makers, e.g. 12/03/2026."),
    )
    disclosure_policy = models.URLField(
        _("where to report a weakness"), blank=True, help_text=_("Address of the policy, e.g. https://…")
    )
    bill_of_materials = models.URLField(
        _("software bill of materials (SBOM)"), blank=True, help_text=_("Its address, e.g. https://…")
    )

    class Meta:
        abstract = True
