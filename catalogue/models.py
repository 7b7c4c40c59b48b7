from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from metropole.content.models import ContentPage
from metropole.content.pages import SectionPage
from metropole.content.panels import content_edit_handler
from metropole.content.translatable import content_fields
from metropole.core.fields import ProseField
from metropole.core.translatable import shared, translated
from metropole.organisations.models import Organisation

from .enums import Origin, PriceModel, SolutionKind, SolutionStatus
from .forms import SolutionForm

YES_NO = [(None, "—"), (True, _("Yes")), (False, _("No"))]


class CatalogueIndexPage(SectionPage):
    """The section "Catalogue": the AI and digital solutions."""

    template = "search/search.html"
    parent_page_types = ["core.HomePage"]
    subpage_types = ["catalogue.SolutionPage"]
    listed_types = ("solution",)

    class Meta:
        verbose_name = _("catalogue section")
        verbose_name_plural = _("catalogue sections")


class SolutionPage(ContentPage):
    """The sheet of a solution. Twelve fields are due from its publisher; unknown ones are printed as unknown."""

    content_type_name = "solution"
    fact_fields = (
        "kind",
        "publisher",
        "status",
        "contains_ai",
        "personal_data",
        "hosting_place",
        "price_model",
        "how_to_get_it",
        "maturity",
        "open_source",
    )
    section_fields = ("problem_and_use",)
    template = "catalogue/solution_page.html"
    base_form_class = SolutionForm
    parent_page_types = ["catalogue.CatalogueIndexPage"]

    origin = models.CharField(
        _("sheet written"),
        max_length=20,
        choices=Origin,
        default=Origin.PUBLISHER,
        help_text=_("A publisher must fill all twelve fields; the métropole only what public sources say."),
    )
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
    contains_ai = models.BooleanField(
        _("contains AI"), null=True, blank=True, choices=YES_NO, help_text=_("Does any part of it use an AI model?")
    )
    problem_and_use = ProseField(
        _("problem and use"),
        blank=True,
        help_text=_("Which problem it solves, for whom, and how it is used day by day."),
    )
    personal_data = models.BooleanField(
        _("handles personal data"), null=True, blank=True, choices=YES_NO, help_text=_("In the sense of the GDPR.")
    )
    hosting_place = models.CharField(
        _("hosting"),
        max_length=150,
        blank=True,
        help_text=_("Country and operator, e.g. “France, OVHcloud”, or “on site”."),
    )
    price_model = models.CharField(
        _("price model"), max_length=20, choices=PriceModel, blank=True, help_text=_("E.g. “subscription”.")
    )
    how_to_get_it = models.CharField(
        _("how to get it"),
        max_length=250,
        blank=True,
        help_text=_("E.g. “free download”, “through the UGAP catalogue”."),
    )
    maturity = models.PositiveSmallIntegerField(
        _("maturity (TRL)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("Technology readiness level, 1 (idea) to 9 (proven in service)."),
    )
    open_source = models.BooleanField(
        _("free software"), null=True, blank=True, choices=YES_NO, help_text=_("Is it published under an open licence?")
    )

    edit_handler = content_edit_handler(FieldPanel("origin"), *fact_fields, *section_fields)
    translatable_fields = content_fields(
        shared("origin", "kind", "publisher", "status", "contains_ai", "personal_data"),
        translated("hosting_place"),
        shared("price_model"),
        translated("how_to_get_it"),
        shared("maturity", "open_source"),
        translated(*section_fields),
    )

    class Meta:
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(maturity__isnull=True) | models.Q(maturity__range=(1, 9)),
                name="solution_maturity_is_a_trl",
            )
        ]

    @property
    def is_editorial(self) -> bool:
        return self.origin == Origin.EDITORIAL
