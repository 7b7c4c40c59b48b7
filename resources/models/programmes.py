from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin

from metropole.content.models import ContentPage
from metropole.content.panels import content_edit_handler
from metropole.content.related import newest
from metropole.content.sheets import Fact, fact_of
from metropole.content.translatable import content_fields
from metropole.core.fields import ProseField
from metropole.core.translatable import shared, translated
from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.services import search

from ..enums import ProgrammeKind

CALLS_SHOWN = 3


class ProgrammePage(ContentPage):
    """The page of one of the métropole's programmes: what it offers, to whom, with which figures.

    Its field ``programme`` is the category that it describes.
    """

    content_type_name = "programme"
    fact_fields = ("kind", "since", "open_to", "replaced_by")
    section_fields = ("support", "rules", "editions")
    template = "resources/programme_page.html"
    parent_page_types = ["resources.ResourceIndexPage"]

    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind, help_text=_("E.g. “fund”."))
    since = models.CharField(_("since"), max_length=60, blank=True, help_text=_("E.g. “2021” or “28 September 2018”."))
    open_to = models.CharField(
        _("open to"), max_length=200, blank=True, help_text=_("Who may apply, e.g. “communes and EPT”.")
    )
    replaced_by = models.CharField(
        _("replaced by"), max_length=120, blank=True, help_text=_("The programme that took over from it, if any.")
    )
    support = ProseField(
        _("what it offers"), blank=True, help_text=_("Funding, expertise, training, with their limits.")
    )
    rules = ProseField(
        _("rules and criteria"), blank=True, help_text=_("Who is eligible, how applications are judged.")
    )
    editions = ProseField(_("editions"), blank=True, help_text=_("Each edition with its years and its communes."))
    partners = models.TextField(_("partners"), blank=True, help_text=_("One a line, e.g. “Banque des Territoires”."))

    edit_handler = content_edit_handler(
        *fact_fields, *section_fields, "partners", InlinePanel("figures", heading=_("Key figures"), label=_("Figure"))
    )
    translatable_fields = content_fields(
        shared("kind"), translated("since", "open_to", "replaced_by", *section_fields, "partners", "figures")
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        if self.programme is None:
            return context
        preset = Preset(path=reverse("search:search"), locked={"programme": (self.programme.slug,)})
        contents = search(Query(), preset, counted=(), size=1)
        calls = newest(CALLS_SHOWN, {"programme": (self.programme.slug,), "type": ("call",)})
        listing_url = preset.unlocked(Query()).url(preset.path)
        return context | {"contents_count": contents.result.total, "contents_listing_url": listing_url, "calls": calls}

    @cached_property
    def facts(self) -> list[Fact]:
        """As any sheet's, but that a programme that goes on says nothing of a successor."""
        names = self.fact_fields if self.replaced_by else self.fact_fields[:-1]
        return [fact_of(self, name) for name in names]

    @property
    def partner_list(self) -> list[str]:
        return [line.strip() for line in self.partners.splitlines() if line.strip()]


class ProgrammeFigure(TranslatableMixin, Orderable):
    """A key figure of a programme, as published, with its date and its source."""

    page = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="figures")
    value = models.CharField(_("figure"), max_length=30, help_text=_("As it is to be read, e.g. “9.4 M€”."))
    label = models.CharField(_("what it counts"), max_length=140, help_text=_("E.g. “granted since 2021”."))
    as_of = models.DateField(_("date of the figure"), null=True, blank=True, help_text=_("E.g. 31/12/2025."))
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("E.g. “Press kit, 2025”."))
    is_highlighted = models.BooleanField(
        _("on the home page"), default=False, help_text=_("Show it among the key figures of the home page.")
    )

    panels = [FieldPanel(name) for name in ("value", "label", "as_of", "source", "is_highlighted")]
    translatable_fields = [
        *translated("value", "label"),
        *shared("as_of"),
        *translated("source"),
        *shared("is_highlighted"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
