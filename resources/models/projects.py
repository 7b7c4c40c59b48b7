from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.content.models import ContentPage
from metropole.content.panels import content_edit_handler
from metropole.content.translatable import content_fields
from metropole.core.fields import ProseField
from metropole.core.translatable import shared, translated

from ..enums import ProjectStage


class ProjectPage(ContentPage):
    """A project or an experiment of one or several authorities."""

    content_type_name = "project"
    template = "content/content_page.html"
    fact_fields = ("stage", "started_on", "ended_on", "place", "carrier_role", "budget")
    section_fields = ("problem", "approach", "results", "evaluation", "next_steps")
    parent_page_types = ["resources.ResourceIndexPage"]

    stage = models.CharField(
        _("stage"), max_length=20, choices=ProjectStage, blank=True, help_text=_("Where it stands, e.g. “on trial”.")
    )
    started_on = models.DateField(_("start"), null=True, blank=True, help_text=_("E.g. 01/09/2024."))
    ended_on = models.DateField(_("end"), null=True, blank=True, help_text=_("E.g. 30/06/2025."))
    place = models.CharField(
        _("place"), max_length=150, blank=True, help_text=_("The site within the territory, e.g. “Place des Ailantes”.")
    )
    carrier_role = models.CharField(
        _("carrier’s job"),
        max_length=120,
        blank=True,
        help_text=_("The job of whoever carries it, never a name, e.g. “head of IT”."),
    )
    budget = models.CharField(
        _("budget"),
        max_length=120,
        blank=True,
        help_text=_("Amount and who pays, e.g. “80,000 €, half of it by FMIN”."),
    )
    problem = ProseField(_("problem"), blank=True, help_text=_("What was not going well, and for whom."))
    approach = ProseField(_("what is done"), blank=True, help_text=_("How the project goes about it, step by step."))
    results = ProseField(_("results"), blank=True, help_text=_("What was measured or noticed, with figures if any."))
    evaluation = ProseField(
        _("evaluation"), blank=True, help_text=_("How success is judged: indicators, by whom, when.")
    )
    next_steps = ProseField(_("and then?"), blank=True, help_text=_("Continued, extended, stopped: and why."))

    edit_handler = content_edit_handler(*fact_fields, *section_fields)
    translatable_fields = content_fields(
        shared("stage", "started_on", "ended_on"), translated("place", "carrier_role", "budget", *section_fields)
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="project_ends_after_it_starts",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise ValidationError({"ended_on": _("The end comes before the start: check both dates.")})
