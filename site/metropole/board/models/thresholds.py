from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import ThresholdKey


class Threshold(models.Model):
    """An amount of the public procurement law from a day on: dated, with its source, changed as the law is."""

    key = models.CharField(_("threshold"), max_length=30, choices=ThresholdKey, help_text=_("What the amount is for."))
    amount = models.PositiveIntegerField(_("amount"), help_text=_("In euros without tax, e.g. 60000."))
    valid_from = models.DateField(_("valid from"), help_text=_("E.g. 01/04/2026."))
    valid_to = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day; empty while no end is known.")
    )
    article = models.CharField(_("article"), max_length=150, help_text=_("E.g. “article R. 2122-8”."))
    source_url = models.URLField(_("address of the source"), help_text=_("The official text, e.g. https://…"))
    verified_by = models.CharField(
        _("checked by"), max_length=150, blank=True, help_text=_("Who read the official text itself.")
    )
    verified_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("Without it, readers are told that nobody has checked it.")
    )
    note = models.CharField(
        _("note on the source"), max_length=300, blank=True, help_text=_("What is not certain, or about to change.")
    )

    class Meta:
        verbose_name = _("threshold of the law")
        verbose_name_plural = _("thresholds of the law")
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="threshold_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="threshold_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} ({self.valid_from})"

    @property
    def key_in_words(self) -> str:
        """For lists."""
        return self.get_key_display()
