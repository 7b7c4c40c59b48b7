"""Solutions that the editors present to all authorities at once: the call reversed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Locale, Orderable, TranslatableMixin

from metropole.core.periods import PeriodState, period_state
from metropole.core.translatable import shared, translated
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from ..querysets import PresentationQuerySet

LONGEST_SLUG = 60


class Presentation(TranslatableMixin, ClusterableModel):
    """A selection of solutions, with its reasons, to which authorities say that they are interested.

    A translation holds the words alone: facts are read from the original, to which all the rest is tied.
    """

    title = models.CharField(
        _("title"), max_length=150, help_text=_("What it is about, e.g. “Cooling squares without watering”.")
    )
    slug = models.SlugField(
        _("slug"), max_length=LONGEST_SLUG, blank=True, help_text=_("Its address; empty: from the title.")
    )
    summary = models.TextField(
        _("summary"), max_length=400, help_text=_("In two sentences, for the list and for search engines.")
    )
    reasons = models.TextField(
        _("why these solutions"),
        max_length=2000,
        help_text=_(
            "The criteria of the selection, which everybody reads: neutral and checkable, e.g. “sheets confirmed this "
            "year, in use in two communes at least”. Nobody pays to be selected."
        ),
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="presentations", verbose_name=_("themes"))
    territories = models.ManyToManyField(
        Territory,
        blank=True,
        related_name="presentations",
        verbose_name=_("territories"),
        help_text=_("Empty: the whole métropole."),
    )
    session_at = models.DateTimeField(
        _("session"), null=True, blank=True, help_text=_("When the solutions are shown, Paris time; empty if never.")
    )
    session_place = models.CharField(
        _("place of the session"), max_length=200, blank=True, help_text=_("E.g. “15-19 avenue Pierre-Mendès-France”.")
    )
    session_url = models.URLField(
        _("address of the session"), blank=True, help_text=_("To take part in or register, e.g. https://…")
    )
    opens_at = models.DateTimeField(
        _("opens"), help_text=_("From when authorities say that they are interested, Paris time.")
    )
    closes_at = models.DateTimeField(
        _("closes"), help_text=_("Until when, Paris time. Once it is published, only a later instant is accepted.")
    )
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("From when everybody reads it; empty: a draft.")
    )
    archived_at = models.DateTimeField(_("archived at"), null=True, editable=False)
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Written for the demonstration: nothing will be bought.")
    )

    translatable_fields = [
        *translated("title"),
        *shared("slug"),
        *translated("summary", "reasons", "session_place"),
        *shared("session_at", "session_url", "opens_at", "closes_at", "published_at", "is_example"),
    ]
    objects = PresentationQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("presentation of solutions")
        verbose_name_plural = _("presentations of solutions")
        ordering = ["-opens_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="presentation_slug_once_a_language"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="presentation_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("purchasing:presentation", args=[self.slug])

    def address_in(self, language: str) -> str:
        """Its page for the readers of a language."""
        with override(language):
            return self.get_absolute_url()

    def versions(self) -> models.QuerySet:
        """Itself and its translations, whose words alone differ."""
        return Presentation.objects.filter(translation_key=self.translation_key).select_related("locale")

    def copy_for_translation(self, locale: Locale, exclude_fields: list[str] | None = None) -> "Presentation":
        """Its solutions stay with the original."""
        return super().copy_for_translation(locale, exclude_fields=[*(exclude_fields or ()), "solutions"])

    def clean(self) -> None:
        super().clean()
        self.slug = self.slug or self._free_slug()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("It closes after it opens.")})
        stored = Presentation.objects.filter(pk=self.pk).first()
        if stored and stored.is_public:
            self._clean_published(stored)

    def _clean_published(self, stored: "Presentation") -> None:
        """What authorities have read does not change under them."""
        if self.closes_at and self.closes_at < stored.closes_at:
            raise ValidationError({"closes_at": _("The closing can only be put off: give a later instant.")})
        for name in ("slug", "published_at"):
            if getattr(self, name) != getattr(stored, name):
                raise ValidationError({name: _("It is published: this stays as it is. To take it back, archive it.")})

    def _free_slug(self) -> str:
        stem = slugify(self.title)[:50].strip("-") or "achats"
        taken = set(Presentation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        slugs = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        return next(slug for slug in slugs if slug not in taken)

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def period(self) -> PeriodState:
        return self.period_at(timezone.now())

    def period_at(self, now: Any) -> PeriodState:
        """Where it stands at an instant; what is archived is closed."""
        return PeriodState.CLOSED if self.archived_at else period_state(self.opens_at, self.closes_at, now)

    @property
    def is_open(self) -> bool:
        return self.period == PeriodState.OPEN

    @cached_property
    def sheets(self) -> dict[int, Any]:
        """The published sheets of its solutions, in the site's main language, by their row's identifier."""
        from catalogue.models import SolutionPage

        rows = list(self.solutions.all())
        pages = SolutionPage.objects.published().prefetch_related("organisations").in_bulk(
            [row.solution_id for row in rows if row.solution_id]
        )  # fmt: skip
        return {row.pk: pages[row.solution_id] for row in rows if row.solution_id in pages}


class PresentedSolution(Orderable):
    """A solution of a presentation. Its title stays when its sheet goes."""

    presentation = ParentalKey(Presentation, related_name="solutions", verbose_name=_("presentation of solutions"))
    solution = models.ForeignKey(
        "catalogue.SolutionPage",
        models.SET_NULL,
        null=True,
        related_name="presented_in",
        verbose_name=_("solution"),
        help_text=_("The sheet in the site’s main language."),
    )
    title = models.CharField(_("title"), max_length=255, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("solution presented")
        verbose_name_plural = _("solutions presented")
        constraints = [models.UniqueConstraint(fields=["presentation", "solution"], name="presented_once")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        from catalogue.deployments.services import original_of

        super().clean()
        if not self.solution_id:
            raise ValidationError({"solution": _("Choose a sheet of the catalogue.")})
        self.solution = original_of(self.solution)
        stored = PresentedSolution.objects.filter(pk=self.pk).first() if self.pk else None
        if stored and stored.solution_id != self.solution_id and stored.interests.exists():
            raise ValidationError({"solution": _("Authorities are interested in this solution: it stays.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.solution:
            self.title = self.solution.title
        super().save(*args, **kwargs)
