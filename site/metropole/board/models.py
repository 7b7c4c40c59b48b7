from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin

from metropole.content.pages import SectionPage
from metropole.content.sheets import Section, section_of
from metropole.core.fields import ProseField
from metropole.core.languages import site_languages
from metropole.core.periods import PeriodState, period_state
from metropole.core.translatable import shared, translated
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
    """What an authority is looking for, put before those who may have a solution: its facts, the same in each language.

    A model of its own, without revisions: its answers are confidential and its life is not a page's. Its words are in
    its texts, one for each language; the original is the one in ``language``.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="needs", verbose_name=_("lead authority")
    )
    territories = models.ManyToManyField(Territory, blank=True, related_name="needs", verbose_name=_("territories"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="needs", verbose_name=_("themes"))
    tags = TaggableManager(through=TaggedNeed, blank=True, verbose_name=_("tags"))
    mode = models.CharField(_("mode"), max_length=20, choices=NeedMode, default=NeedMode.SOURCING)
    language = models.CharField(_("language of the original text"), max_length=10, choices=site_languages, default="fr")
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
        text = self.text_for(get_language())
        return text.title if text else self.slug

    def get_absolute_url(self) -> str:
        """The need's page, below the board, in the reader's language."""
        return reverse("board:need", args=[self.slug])

    def address_in(self, language: str) -> str:
        """The need's page for the readers of a language."""
        with override(language):
            return self.get_absolute_url()

    @property
    def live_texts(self) -> dict[str, "NeedText"]:
        """Its published texts, by the code of their language: no query where ``with_texts`` fetched them."""
        return {text.language: text for text in self.texts.all() if text.live}

    @property
    def original(self) -> "NeedText | None":
        """Its published text in the authority's own words."""
        return self.live_texts.get(self.language)

    def text_for(self, language: str | None) -> "NeedText | None":
        """The text that a reader of a language is given: the published one in it, else the original."""
        texts = self.live_texts
        return texts.get(language) or texts.get(self.language)

    @property
    def is_public(self) -> bool:
        is_published = self.published_at is not None and self.published_at <= timezone.now()
        return is_published and self.original is not None

    @property
    def state(self) -> PeriodState:
        """Where a published need stands, by the clock alone."""
        return period_state(self.published_at, self.closes_at)

    def clean(self) -> None:
        super().clean()
        if self.published_at and (not self.closes_at or self.closes_at <= self.published_at):
            raise ValidationError({"closes_at": _("A published need closes after its publication: give a later date.")})


class NeedText(DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """A need's words in one language: the authority's own, or their translation, a draft until it is published."""

    section_fields = ("problem", "expected_result", "work_done", "constraints", "success_criteria")
    word_fields = ("title", "summary", *section_fields)

    need = models.ForeignKey(Need, models.CASCADE, related_name="texts", verbose_name=_("need"))
    title = models.CharField(_("title"), max_length=150, help_text=_("E.g. “Shade for a stone square”."))
    summary = models.TextField(_("summary"), max_length=400, help_text=_("The need in two or three sentences."))
    problem = ProseField(_("problem and users"), help_text=_("What is not going well, and for whom."))
    expected_result = ProseField(_("expected result"), help_text=_("What will be better, not how."))
    work_done = ProseField(_("work already done"), blank=True)
    constraints = ProseField(_("constraints"), blank=True, help_text=_("Sites, systems, data, calendar."))
    success_criteria = ProseField(_("success criteria"), blank=True)

    translatable_fields = [*shared("need"), *translated(*word_fields)]
    # A translation starts as a copy of the original, whose publication is not its own.
    exclude_fields_in_copy = ["live_revision", "first_published_at", "last_published_at"]
    # The fields that the screen of translation offers; in the admin's own form they are only read (viewsets.py).
    edit_handler = TabbedInterface([ObjectList([FieldPanel(name) for name in word_fields], heading=_("Content"))])

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("text of a need")
        verbose_name_plural = _("texts of needs")
        ordering = ["-pk"]
        # Texts come and go with their need: there is no right to add or to delete one.
        default_permissions = ("change", "view")
        constraints = [models.UniqueConstraint(fields=["need", "locale"], name="need_has_one_text_in_each_language")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Refuses words that don't fit: wagtail-localize writes a translation down before it has it validated."""
        self.clean_fields(exclude={field.name for field in self._meta.fields} - {*self.word_fields})
        # It publishes after the commit, in no transaction: the outbox would hear of it in one of its own.
        with transaction.atomic():
            super().save(*args, **kwargs)

    @property
    def language(self) -> str:
        """The code of the language in which it is written."""
        return self.locale.language_code

    @property
    def is_original(self) -> bool:
        """Whether these are the authority's own words."""
        return self.language == self.need.language

    @property
    def original_url(self) -> str:
        """Where the authority's own words are read."""
        return self.need.address_in(self.need.language)

    @cached_property
    def sections(self) -> list[Section]:
        """Its long fields, in order; empty ones are kept, for the reader to see that they are unknown."""
        return [section_of(self, name) for name in self.section_fields]
