"""What the law asks of a commune that uses a solution: dated, with its source, changed in the admin as the law is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from metropole.core.translatable import shared, translated

from ..enums import DutyGround


class LegalDuty(TranslatableMixin, models.Model):
    """A duty of the commune, which follows from what a sheet says."""

    code = models.SlugField(_("code"), max_length=60, help_text=_("The same in every language, e.g. “ai-act-26”."))
    ground = models.CharField(
        _("follows from"), max_length=20, choices=DutyGround, help_text=_("What a sheet says for this to apply.")
    )
    title = models.CharField(
        _("duty"), max_length=200, help_text=_("In a few words, e.g. “tell the people concerned”.")
    )
    text = models.TextField(_("what it asks for"), max_length=600, help_text=_("In two or three plain sentences."))
    article = models.CharField(
        _("article"), max_length=150, help_text=_("E.g. “Regulation (EU) 2024/1689, article 26”.")
    )
    applies_from = models.DateField(_("applies from"), help_text=_("E.g. 02/08/2026."))
    source_url = models.URLField(_("address of the text"), help_text=_("The official one, e.g. https://…"))
    note = models.CharField(
        _("note on the source"), max_length=300, blank=True, help_text=_("What is not certain, or about to change.")
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which somebody last read the text itself; without it, readers are told that nobody has."
        ),
    )

    translatable_fields = [
        *shared("code", "ground"),
        *translated("title", "text", "article"),
        *shared("applies_from", "source_url"),
        *translated("note"),
        *shared("checked_on"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("legal duty")
        verbose_name_plural = _("legal duties")
        ordering = ["applies_from", "code"]
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="legal_duty_once_a_language")]

    def __str__(self) -> str:
        return f"{self.title} ({self.article})"
