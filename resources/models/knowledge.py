"""What agents read to do it themselves: practices, kits, articles, and the section that lists them."""

from collections.abc import Iterator

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable, TranslatableMixin

from metropole.content.enums import Licence
from metropole.content.models import ContentPage
from metropole.content.pages import SectionPage
from metropole.content.panels import content_edit_handler
from metropole.content.translatable import content_fields
from metropole.core.fields import ProseField
from metropole.core.translatable import shared, translated
from metropole.organisations.models import Organisation

from ..apps import RESOURCE_TYPES


class ResourceIndexPage(SectionPage):
    """The section "Ressources": everything but solutions and needs."""

    template = "search/search.html"
    parent_page_types = ["core.HomePage"]
    subpage_types = [
        f"resources.{name}"
        for name in ("PracticePage", "ProjectPage", "KitPage", "ArticlePage", "ProgrammePage", "CallPage", "EventPage")
    ]
    listed_types = RESOURCE_TYPES

    class Meta:
        verbose_name = _("resources section")
        verbose_name_plural = _("resources sections")


class PracticePage(ContentPage):
    """What a commune or an EPT has done and what it learnt, for its peers to reuse."""

    content_type_name = "practice"
    template = "resources/practice_page.html"
    subpage_types = ["resources.FeedbackPage"]
    fact_fields = ("cost", "duration", "staff", "prerequisites")
    section_fields = ("context", "actions", "results", "what_did_not_work", "advice")
    parent_page_types = ["resources.ResourceIndexPage"]

    cost = models.CharField(
        _("cost"),
        max_length=150,
        blank=True,
        help_text=_("What it cost in all, e.g. “12,000 € a year, staff excluded”."),
    )
    duration = models.CharField(
        _("time needed"), max_length=120, blank=True, help_text=_("From decision to service, e.g. “8 months”.")
    )
    staff = models.CharField(
        _("people"),
        max_length=150,
        blank=True,
        help_text=_("Who worked on it, e.g. “half a project manager for 6 months”."),
    )
    prerequisites = models.CharField(
        _("prerequisites"), max_length=250, blank=True, help_text=_("What must be there first, e.g. “an address base”.")
    )
    context = ProseField(_("context"), help_text=_("The place, the people, the problem that was to be solved."))
    actions = ProseField(_("what was done"), help_text=_("The steps, in their order."))
    results = ProseField(_("results"), help_text=_("What changed, with figures if there are any."))
    what_did_not_work = ProseField(
        _("what did not work"), help_text=_("What was given up, underestimated, or would be done otherwise.")
    )
    advice = ProseField(_("advice to colleagues"), blank=True, help_text=_("What you would tell those who start now."))

    edit_handler = content_edit_handler(*fact_fields, *section_fields)
    translatable_fields = content_fields(translated(*fact_fields, *section_fields))

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | {"feedbacks": self.feedbacks}

    @cached_property
    def feedbacks(self) -> list["FeedbackPage"]:
        """What other authorities have learnt from doing the same, whichever version of the page they added it to."""
        versions = PracticePage.objects.filter(translation_key=self.translation_key)
        found = FeedbackPage.objects.live().filter(practice__in=versions).select_related("by__territory")
        return list(found.order_by("first_published_at"))

    @property
    def further_texts(self) -> Iterator[str]:
        for feedback in self.feedbacks:
            yield from (section.html for section in feedback.sections if section.html)


class FeedbackPage(ContentPage):
    """What an authority adds to a practice after having done the same: shown on the practice's page, and nowhere else.

    It is a page so that it is read by moderators, published and changed as all contents are.
    """

    fact_fields = ("cost", "duration")
    section_fields = ("context", "what_worked", "what_did_not_work")
    template = "content/content_page.html"
    parent_page_types = ["resources.PracticePage"]

    practice = models.ForeignKey(
        PracticePage, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("practice")
    )
    by = models.ForeignKey(
        Organisation, models.PROTECT, editable=False, related_name="feedbacks", verbose_name=_("organisation")
    )
    cost = models.CharField(
        _("cost"),
        max_length=150,
        blank=True,
        help_text=_("What it cost in all, e.g. “12,000 € a year, staff excluded”."),
    )
    duration = models.CharField(
        _("time needed"), max_length=120, blank=True, help_text=_("From decision to service, e.g. “8 months”.")
    )
    context = ProseField(_("context"), help_text=_("The place, the people, the problem that was to be solved."))
    what_worked = ProseField(_("what worked"), help_text=_("What changed, with figures if there are any."))
    what_did_not_work = ProseField(
        _("what did not work"), help_text=_("What was given up, underestimated, or would be done otherwise.")
    )

    edit_handler = content_edit_handler(*fact_fields, *section_fields)
    translatable_fields = content_fields(shared("practice", "by"), translated(*fact_fields, *section_fields))

    class Meta:
        verbose_name = _("feedback on a practice")
        verbose_name_plural = _("feedbacks on practices")
        constraints = [models.UniqueConstraint(fields=["practice", "by"], name="feedback_page_once_each")]

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """It is read on the practice's page."""
        if self.practice is None:
            raise Http404
        return redirect(f"{self.practice.url}#feedback-{self.pk}")

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list:
        return []


class KitPage(ContentPage):
    """A kit or a practical sheet: a method to follow, with its files."""

    content_type_name = "kit"
    fact_fields = ("audience",)
    section_fields = ("steps", "checklist")
    template = "resources/kit_page.html"
    parent_page_types = ["resources.ResourceIndexPage"]

    audience = models.CharField(
        _("for whom"), max_length=150, blank=True, help_text=_("E.g. “project managers of communes and EPT”.")
    )
    steps = ProseField(_("step by step"), blank=True, help_text=_("The method, in numbered steps."))
    checklist = ProseField(_("checklist"), blank=True, help_text=_("What to tick off before going on."))

    edit_handler = content_edit_handler(
        *fact_fields, *section_fields, InlinePanel("documents", heading=_("Files"), label=_("File"))
    )
    translatable_fields = content_fields(translated(*fact_fields, *section_fields, "documents"))

    class Meta:
        verbose_name = _("kit or practical sheet")
        verbose_name_plural = _("kits and practical sheets")


class KitDocument(TranslatableMixin, Orderable):
    """A file of a kit, with its version and where to read the same in an accessible form."""

    page = ParentalKey(KitPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(get_document_model_string(), models.PROTECT, related_name="+", verbose_name=_("file"))
    title = models.CharField(_("title"), max_length=150, help_text=_("E.g. “Model of an evaluation grid”."))
    version = models.CharField(_("version"), max_length=30, blank=True, help_text=_("E.g. “2, March 2026”."))
    accessible_version = models.CharField(
        _("accessible version"),
        max_length=250,
        blank=True,
        help_text=_("Where the same content can be read accessibly, e.g. “the text of this page”."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=30,
        choices=Licence,
        default=Licence.ETALAB,
        help_text=_("How others may reuse it. The Open Licence asks them to name the source, nothing more."),
    )

    panels = [FieldPanel(name) for name in ("document", "title", "version", "accessible_version", "licence")]
    translatable_fields = [
        *shared("document"),
        *translated("title", "version", "accessible_version"),
        *shared("licence"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")


class ArticlePage(ContentPage):
    """News, an analysis, a report."""

    content_type_name = "article"
    template = "content/content_page.html"
    parent_page_types = ["resources.ResourceIndexPage"]

    edit_handler = content_edit_handler()
    translatable_fields = content_fields()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
