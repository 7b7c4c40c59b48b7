from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from metropole.core.languages import site_languages
from metropole.core.lists import Column, RowsField
from metropole.core.periods import PeriodState, period_state
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Tag, Theme
from metropole.territory.models import Territory

from ..enums import CoCarrierState, NeedMode, NeedState, Outcome, Phase, PurchaseKind
from ..querysets import NeedQuerySet
from ..states import state_of

if TYPE_CHECKING:
    from .text import NeedText

WEIGHTINGS = (
    Column("criterion", _("Criterion"), required=True, longest=150),
    Column("weight", _("Weight"), kind="number", required=True),
)
EARLY_CONTACTS = (
    Column("date", _("Date"), kind="date", required=True),
    Column("organisation", _("With whom"), required=True, longest=150),
    Column("subject", _("About what, and what was handed over"), required=True, longest=400),
)


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
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("author"),
        editable=False,
    )
    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    typed = models.JSONField(_("what was typed"), default=dict, editable=False)
    typed_version = models.PositiveIntegerField(_("version of what was typed"), default=0, editable=False)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("copied from")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )

    purchase_kind = models.CharField(
        _("what would be bought"), max_length=10, choices=PurchaseKind, default=PurchaseKind.SUPPLIES
    )
    is_innovative = models.BooleanField(_("innovative purchase"), default=False)
    innovation_reason = models.TextField(_("why it is innovative"), max_length=2000, blank=True)
    value_low = models.PositiveIntegerField(_("estimated value, from"), null=True, blank=True)
    value_high = models.PositiveIntegerField(_("estimated value, to"), null=True, blank=True)
    value_is_public = models.BooleanField(_("everybody may read the estimated value"), default=False)
    threshold = models.ForeignKey(
        "board.Threshold", models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("threshold")
    )
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, blank=True)
    wished_start = models.DateField(_("wished start"), null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    demonstrations = models.PositiveSmallIntegerField(_("number of demonstrations"), null=True, blank=True)
    weightings = RowsField(_("weightings"), columns=WEIGHTINGS)
    early_contacts = RowsField(_("early contacts with the market"), columns=EARLY_CONTACTS)
    no_early_contacts = models.BooleanField(_("there was no early contact with the market"), default=False)
    consultation_url = models.URLField(_("address of the official consultation"), blank=True)
    anonymous_reading = models.BooleanField(_("first reading without the names of the respondents"), default=False)
    several_retained = models.BooleanField(_("several responses may be retained"), default=False)

    alternatives_shown_at = models.DateTimeField(_("alternatives shown at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    return_reason = models.TextField(_("reason of the return"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    questions_close_at = models.DateTimeField(_("questions close"), null=True, blank=True)
    answers_due_at = models.DateTimeField(_("answers due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    withdrawal_asked_at = models.DateTimeField(_("withdrawal asked at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    outcome_reason = models.TextField(_("what became of it"), blank=True)
    outcome_url = models.URLField(_("address of what follows"), blank=True)
    outcome_at = models.DateTimeField(_("outcome recorded at"), null=True, blank=True)
    outcome_cleared_at = models.DateTimeField(_("outcome taken back at"), null=True, blank=True)
    merged_at = models.DateTimeField(_("merged at"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)
    digest = models.CharField(_("SHA-256 of what is published"), max_length=64, blank=True, editable=False)
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
                condition=Q(published_at__isnull=True) | Q(closes_at__gt=F("published_at"), closes_at__isnull=False),
                name="need_published_closes_later",
            ),
            models.CheckConstraint(
                condition=Q(questions_close_at__isnull=True)
                | Q(answers_due_at__gte=F("questions_close_at"), answers_due_at__lte=F("closes_at")),
                name="need_questions_then_answers_then_closing",
            ),
            models.CheckConstraint(
                condition=Q(value_high__isnull=True, value_low__isnull=True) | Q(value_high__gte=F("value_low")),
                name="need_value_from_low_to_high",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at__isnull=True)
                | (~Q(outcome="") & Q(outcome_at__isnull=False, published_at__isnull=False)),
                name="need_outcome_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ADOPTED) | Q(mode=NeedMode.DIRECT, opened_at__isnull=False),
                name="need_adopts_after_direct_enquiry",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.SYNTHESIS) | Q(mode=NeedMode.SOURCING, opened_at__isnull=False),
                name="need_synthesis_after_sourcing",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True)
                | Q(opened_at__gte=F("closes_at"), withdrawn_at__isnull=True, published_at__isnull=False),
                name="need_opened_after_its_closing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(published_at__isnull=False, withdrawn_at__lt=F("closes_at"), outcome=""),
                name="need_withdrawn_while_open",
            ),
            models.CheckConstraint(
                condition=Q(merged_at__isnull=True, merged_into__isnull=True)
                | Q(merged_at__isnull=False, merged_into__isnull=False),
                name="need_merged_into_another",
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
    def state(self) -> NeedState:
        """Where it stands now."""
        return state_of(self)

    @property
    def is_listed(self) -> bool:
        """Whether search and lists give it: neither what is archived nor what was merged into another."""
        return self.is_public and self.archived_at is None and self.merged_at is None

    @property
    def is_open(self) -> bool:
        return self.state == NeedState.OPEN

    @property
    def period(self) -> PeriodState:
        """Whether a published need takes responses, for lists and the search: what is at its end is closed."""
        if self.published_at and not self.is_open:
            return PeriodState.CLOSED
        return period_state(self.published_at, self.closes_at)

    @property
    def ends_at(self) -> Any:
        """When it stopped, or stops, taking responses: its closing, or the instant at which it was taken back."""
        return min(filter(None, (self.closes_at, self.withdrawn_at, self.merged_at)))

    @property
    def acting_organisation(self) -> Organisation:
        """For the log."""
        return self.organisation

    @property
    def name(self) -> str:
        """How its people know it, published or not."""
        return self._own_title or str(_("Untitled"))

    @property
    def is_named(self) -> bool:
        """Whether its name is in its own language: one without a title has a name in the reader's."""
        return bool(self._own_title)

    @property
    def _own_title(self) -> str:
        titles = {text.language: text.title for text in self.texts.all()}
        return titles.get(self.language) or self.typed_title

    @property
    def typed_title(self) -> str:
        """The title of what is being written."""
        return " ".join(str(self.typed.get("title", "")).split())[:150]

    @property
    def carriers(self) -> list[Organisation]:
        """Who carries it: its lead authority, then those that joined."""
        accepted = (one.organisation for one in self.co_carriers.all() if one.state == CoCarrierState.ACCEPTED)
        return [self.organisation, *accepted]

    def clean(self) -> None:
        super().clean()
        if self.published_at and (not self.closes_at or self.closes_at <= self.published_at):
            raise ValidationError({"closes_at": _("A published need closes after its publication: give a later date.")})
