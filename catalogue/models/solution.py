from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from metropole.content.models import ContentPage
from metropole.content.pages import SectionPage
from metropole.content.panels import content_edit_handler
from metropole.content.translatable import content_fields
from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, RowsField
from metropole.core.translatable import shared, translated
from metropole.organisations.models import Organisation
from metropole.search.presets import Preset

from ..comparison.offer import comparing
from ..deployments.sheet import ShowsUse
from ..enums import AiActClass, Origin
from ..forms import SolutionForm
from ..sheet.groups import ESSENTIAL, FIELDS, GROUPS
from ..sheet.rules import contradictions, refusals
from .parts import AiPart, DataPart, EvidencePart, HostingPart, QualityPart, TermsPart, UsePart


class CatalogueIndexPage(SectionPage):
    """The section "Catalogue": the AI and digital solutions."""

    template = "search/search.html"
    parent_page_types = ["core.HomePage"]
    subpage_types = ["catalogue.SolutionPage"]
    listed_types = ("solution",)

    def preset(self, request: HttpRequest) -> Preset:
        """Several of its results may be ticked, to be compared."""
        return replace(super().preset(request), choice=comparing())

    class Meta:
        verbose_name = _("catalogue section")
        verbose_name_plural = _("catalogue sections")


class SolutionPage(ShowsUse, UsePart, AiPart, DataPart, HostingPart, QualityPart, TermsPart, EvidencePart, ContentPage):
    """The sheet of a solution. Twelve fields are due from its publisher; unknown ones are printed as unknown."""

    content_type_name = "solution"
    fact_fields = tuple(name for name in ESSENTIAL if name != "problem_and_use")
    section_fields = ("problem_and_use", "discouraged_uses", "prerequisites", "known_limits", "human_control")
    template = "catalogue/solution_page.html"
    base_form_class = SolutionForm
    names_alternatives = True
    parent_page_types = ["catalogue.CatalogueIndexPage"]
    subpage_types = ["catalogue.EvaluationPage"]

    places_of_use: Sequence[str] = ()
    is_confirmed = is_evaluated = False
    """What its search document holds besides: set when many are read at once."""

    origin = models.CharField(
        _("sheet written"),
        max_length=20,
        choices=Origin,
        default=Origin.PUBLISHER,
        help_text=_("A publisher must fill all twelve fields; the métropole only what public sources say."),
    )

    edit_handler = content_edit_handler(
        FieldPanel("origin"),
        *(
            MultiFieldPanel(
                [FieldPanel(name) for name in group.fields],
                heading=group.label,
                classname="" if set(group.fields) & set(ESSENTIAL) else "collapsed",
            )
            for group in GROUPS
        ),
        FieldPanel("evidence"),
    )

    class Meta:
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(maturity__isnull=True) | models.Q(maturity__range=(1, 9)),
                name="solution_maturity_is_a_trl",
            ),
            models.CheckConstraint(
                condition=models.Q(models.Q(ai_act_class=AiActClass.HIGH_RISK), ~models.Q(annex_iii_case=""))
                | models.Q(~models.Q(ai_act_class=AiActClass.HIGH_RISK), annex_iii_case=""),
                name="solution_high_risk_has_its_case",
            ),
            models.CheckConstraint(
                condition=~models.Q(ai_act_class=AiActClass.MINIMAL, individual_decision=True),
                name="solution_minimal_decides_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(started_on__isnull=True)
                | models.Q(ended_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="solution_ends_after_its_start",
            ),
        ]

    @property
    def is_editorial(self) -> bool:
        return self.origin == Origin.EDITORIAL

    @property
    def further_texts(self) -> Iterator[str]:
        """What it lists is read on its page as well."""
        lists = (field for field in self._meta.concrete_fields if isinstance(field, ChoicesField | RowsField))
        yield from (escape(field.display(getattr(self, field.name))) for field in lists)
        yield from self.texts_of_use

    def is_kept_by(self, organisation: Organisation) -> bool:
        """Its publisher's alone, once that organisation has written it or was given the sheet that editors drew up."""
        from ..takeover.models import Takeover

        if self.publisher_id != organisation.pk:
            return False
        return not self.is_editorial or Takeover.objects.accepted().of(self, organisation).exists()

    def refusals(self) -> dict[str, str]:
        return refusals(self)

    def files_by_title(self) -> dict[str, str]:
        """The addresses of the files that come with the sheet."""
        items = [item for block in self.body if block.block_type == "files" for item in block.value]
        return {item["title"]: item["document"].url for item in items if item["document"]}

    def clean(self) -> None:
        super().clean()
        if found := contradictions(self):
            raise ValidationError(found)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        from ..law.duties import duties
        from ..sheet.parts import sheet_parts
        from ..sheet.reading import sheet_of
        from ..similar import similar_hits

        context = super().get_context(request, *args, **kwargs)
        similar = similar_hits(self)
        return context | {
            "sheet": sheet_of(self),
            "duties": duties(self),
            "sheet_parts": sheet_parts(self),
            "related": similar or context["related"],
            "is_similar": bool(similar),
        }


def _by_language(name: str) -> list:
    """Words are translated, all else is the same in each language."""
    field = SolutionPage._meta.get_field(name)
    is_words = isinstance(field, ProseField) or (type(field) is models.CharField and not field.choices)
    return translated(name) if is_words and name != "spdx" else shared(name)


SolutionPage.translatable_fields = content_fields(
    shared("origin"), *(_by_language(name) for name in FIELDS), shared("evidence")
)
