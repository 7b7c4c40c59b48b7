from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.core.fields import ProseField
from metropole.organisations.models import Organisation

from ...enums import SolutionKind, SolutionStatus


class UsePart(models.Model):
    """What the solution is, where it stands, what it is for."""

    kind = models.CharField(_("type"), max_length=20, choices=SolutionKind, help_text=_("E.g. “software”."))
    publisher = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="solutions",
        verbose_name=_("publisher"),
        help_text=_("The organisation that makes or sells it."),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=SolutionStatus, blank=True, help_text=_("E.g. “in service”.")
    )
    started_on = models.DateField(_("in service since"), null=True, blank=True, help_text=_("E.g. 01/09/2024."))
    ended_on = models.DateField(_("stopped on"), null=True, blank=True, help_text=_("Once nobody can get it any more."))
    maturity = models.PositiveSmallIntegerField(
        _("maturity (TRL)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("Technology readiness level, 1 (idea) to 9 (proven in service)."),
    )
    website = models.URLField(_("website"), blank=True, help_text=_("Where its publisher describes it, e.g. https://…"))
    problem_and_use = ProseField(
        _("problem and use"),
        blank=True,
        help_text=_("Which problem it solves, for whom, and how it is used day by day."),
    )
    discouraged_uses = ProseField(
        _("uses to avoid"), blank=True, help_text=_("What it is not made for, and what it must not be used for.")
    )

    class Meta:
        abstract = True
