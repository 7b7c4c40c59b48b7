from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from metropole.content.pages import SectionPage
from metropole.content.sheets import Section, section_of
from metropole.core.fields import ProseField
from metropole.core.periods import PeriodState, period_state
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Tag, Theme
from metropole.territory.models import Territory

from .enums import NeedMode
from .querysets import NeedQuerySet


class BoardIndexPage(SectionPage):
    """The section "J'adopte une innovation": the needs that authorities share."""

    template = "search/search.html"
    parent_page_types = ["core.HomePage"]
    subpage_types: list[str] = []
    listed_types = ("need",)

    class Meta:
        verbose_name = _("needs board")
        verbose_name_plural = _("needs boards")


class TaggedNeed(ItemBase):
    """A keyword on a need."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_needs")
    content_object = models.ForeignKey("board.Need", models.CASCADE, related_name="tagged_items")


class Need(models.Model):
    """What an authority is looking for, put before those who may have a solution.

    A model of its own, without revisions: its answers are confidential and its life is not a page's.
    """

    section_fields = ("problem", "expected_result", "work_done", "constraints", "success_criteria")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=150, help_text=_("E.g. “Shade for a stone square”."))
    summary = models.TextField(_("summary"), max_length=400, help_text=_("The need in two or three sentences."))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="needs", verbose_name=_("lead authority")
    )
    territories = models.ManyToManyField(Territory, blank=True, related_name="needs", verbose_name=_("territories"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="needs", verbose_name=_("themes"))
    tags = TaggableManager(through=TaggedNeed, blank=True, verbose_name=_("tags"))
    mode = models.CharField(_("mode"), max_length=20, choices=NeedMode, default=NeedMode.SOURCING)
    language = models.CharField(_("language"), max_length=10, default="fr")
    problem = ProseField(_("problem and users"), help_text=_("What is not going well, and for whom."))
    expected_result = ProseField(_("expected result"), help_text=_("What will be better, not how."))
    work_done = ProseField(_("work already done"), blank=True)
    constraints = ProseField(_("constraints"), blank=True, help_text=_("Sites, systems, data, calendar."))
    success_criteria = ProseField(_("success criteria"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Written for the demonstration: nobody awaits answers.")
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = [models.F("published_at").desc(nulls_last=True), "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | models.Q(closes_at__gt=models.F("published_at"), closes_at__isnull=False),
                name="need_published_closes_later",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The need's page, below the board, in the reader's language."""
        return reverse("board:need", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def state(self) -> PeriodState:
        """Where a published need stands, by the clock alone."""
        return period_state(self.published_at, self.closes_at)

    @cached_property
    def sections(self) -> list[Section]:
        return [section_of(self, name) for name in self.section_fields]

    def clean(self) -> None:
        super().clean()
        if self.published_at and (not self.closes_at or self.closes_at <= self.published_at):
            raise ValidationError({"closes_at": _("A published need closes after its publication: give a later date.")})
