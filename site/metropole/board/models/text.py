from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin

from metropole.content.sheets import Section, section_of
from metropole.core.fields import ProseField
from metropole.core.translatable import shared, translated

from .need import Need

LONGEST_CRITERIA = 6000


class NeedText(DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """A need's words in one language: the authority's own, or their translation, a draft until it is published."""

    section_fields = ("problem", "expected_result", "work_done", "constraints", "success_criteria")
    criteria_fields = ("essential_criteria", "desirable_criteria")
    word_fields = ("title", "summary", *section_fields, *criteria_fields)

    need = models.ForeignKey(Need, models.CASCADE, related_name="texts", verbose_name=_("need"))
    title = models.CharField(_("title"), max_length=150, help_text=_("E.g. “Shade for a stone square”."))
    summary = models.TextField(_("summary"), max_length=400, help_text=_("The need in two or three sentences."))
    problem = ProseField(_("problem and users"), help_text=_("What is not going well, and for whom."))
    expected_result = ProseField(_("expected result"), help_text=_("What will be better, not how."))
    work_done = ProseField(_("work already done"), blank=True)
    constraints = ProseField(_("constraints"), blank=True, help_text=_("Sites, systems, data, calendar."))
    success_criteria = ProseField(_("success criteria"), blank=True)
    essential_criteria = models.TextField(
        _("essential criteria"),
        max_length=LONGEST_CRITERIA,
        blank=True,
        help_text=_("One a line, ten at most: each respondent answers each of them."),
    )
    desirable_criteria = models.TextField(
        _("desirable criteria"),
        max_length=LONGEST_CRITERIA,
        blank=True,
        help_text=_("One a line, ten at most: what would be welcome besides."),
    )

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

    @property
    def essential(self) -> list[str]:
        """What each respondent answers, point by point."""
        return criteria(self.essential_criteria)

    @property
    def desirable(self) -> list[str]:
        return criteria(self.desirable_criteria)


def criteria(lines: str) -> list[str]:
    """Criteria written one a line."""
    return [line.strip() for line in lines.splitlines() if line.strip()]
