"""What came of a solution, measured: by whom, how, on how many, before and after."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from metropole.content.models import ContentPage
from metropole.content.panels import content_edit_handler
from metropole.content.translatable import content_fields
from metropole.core.fields import ProseField
from metropole.core.lists import Column, RowsField
from metropole.core.translatable import shared, translated
from metropole.organisations.models import Organisation

from .enums import Independence, Outcome
from .forms import EvaluationForm
from .rules import contradictions

FIGURE_COLUMNS = (
    Column("indicator", _("Indicator"), required=True),
    Column("unit", _("Unit")),
    Column("before", _("Before")),
    Column("after", _("After")),
    Column("change", _("Change")),
)
"""As they were published: a source that gives the change alone leaves the rest empty."""


class EvaluationPage(ContentPage):
    """An evaluation of a solution: shown on the solution's sheet with its figures, whatever they say.

    It is a page so that it is read by moderators, published and changed as all contents are.
    """

    fact_fields = ("independence", "outcome", "sample")
    section_fields = ("independence_explained", "method", "results", "limits")
    template = "evaluations/evaluation_page.html"
    base_form_class = EvaluationForm
    parent_page_types = ["catalogue.SolutionPage"]

    solution = models.ForeignKey(
        "catalogue.SolutionPage",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("solution"),
    )
    by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluations",
        verbose_name=_("contributed by"),
        help_text=_("The organisation that publishes the evaluation here; empty if the editors drew it from a source."),
    )
    author = models.CharField(
        _("author of the evaluation"),
        max_length=150,
        blank=True,
        help_text=_("Who measured, e.g. “University of Paris-Est Créteil” or “the town’s IT department”."),
    )
    independence = models.CharField(
        _("independence"),
        max_length=12,
        choices=Independence,
        help_text=_("An evaluation that the publisher has made or carries here is not independent."),
    )
    independence_explained = ProseField(
        _("who paid, who chose the method"),
        blank=True,
        help_text=_("What ties the author to the publisher or to the authority, even if it is nothing."),
    )
    outcome = models.CharField(
        _("what was found"),
        max_length=10,
        choices=Outcome,
        help_text=_("No effect, or an adverse one, helps the next authority as much as success."),
    )
    sample = models.CharField(
        _("size of the sample"),
        max_length=150,
        blank=True,
        help_text=_("On how many people, cases or sites, and for how long, e.g. “42 agents, 3 sites, 6 months”."),
    )
    method = ProseField(
        _("method"),
        blank=True,
        help_text=_("What was compared with what, and how it was measured: another could do it again."),
    )
    results = ProseField(_("results"), blank=True, help_text=_("What the figures do not say."))
    limits = ProseField(
        _("limits of the evaluation"), blank=True, help_text=_("What was not measured, or may explain the result.")
    )
    figures = RowsField(
        _("figures before and after"),
        columns=FIGURE_COLUMNS,
        help_text=_("One line for each indicator, those that got worse included."),
    )

    edit_handler = content_edit_handler(
        FieldPanel("by"), "author", "independence", "independence_explained", "outcome", "sample", "method", "figures",
        "results", "limits",
    )  # fmt: skip
    translatable_fields = content_fields(
        shared("solution", "by"),
        translated("author"),
        shared("independence"),
        translated("independence_explained"),
        shared("outcome"),
        translated("sample", "method"),
        shared("figures"),
        translated("results", "limits"),
    )

    class Meta:
        verbose_name = _("evaluation of a solution")
        verbose_name_plural = _("evaluations of solutions")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(independence=Independence.UNKNOWN, by__isnull=False),
                name="evaluation_independence_is_said_by_its_organisation",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if found := contradictions(self):
            raise ValidationError(found)

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """It is read on the solution's sheet."""
        if self.solution is None:
            raise Http404
        return redirect(f"{self.solution.url}#evaluation-{self.pk}")

    @property
    def figure_columns(self) -> tuple[Column, ...]:
        return FIGURE_COLUMNS

    @property
    def figure_rows(self) -> list[list[str]]:
        """The figures, cell by cell."""
        return [[column.display(row.get(column.name, "")) for column in FIGURE_COLUMNS] for row in self.figures]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list:
        return []
