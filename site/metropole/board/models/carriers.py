"""The authorities besides the lead: those that carry a need with it, and those that say that they have it too."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from ..enums import CoCarrierState
from .history import LONGEST_REASON
from .need import Need


class CoCarrier(models.Model):
    """An authority that carries a need with its lead, or is about to.

    ``value_low`` and ``value_high``: what it would spend itself, in euros without tax. ``veto``: its note against an
    outcome, before that is recorded.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="co_carriers", verbose_name=_("need"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="carried_needs", verbose_name=_("authority")
    )
    state = models.CharField(_("state"), max_length=10, choices=CoCarrierState, editable=False)
    value_low = models.PositiveIntegerField(
        _("from"), null=True, blank=True, help_text=_("In euros without tax, for your authority alone.")
    )
    value_high = models.PositiveIntegerField(
        _("to"), null=True, blank=True, help_text=_("In euros without tax, for your authority alone.")
    )
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON, blank=True)
    veto = models.TextField(
        _("note against an outcome"),
        max_length=LONGEST_REASON,
        blank=True,
        help_text=_("The lead authority reads it before it records an outcome, and answers it there."),
    )
    veto_at = models.DateTimeField(_("note written at"), null=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta:
        verbose_name = _("co-carrier")
        verbose_name_plural = _("co-carriers")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["need", "organisation"], name="co_carrier_once_a_need"),
            models.CheckConstraint(
                condition=Q(value_low__isnull=True, value_high__isnull=True) | Q(value_high__gte=F("value_low")),
                name="co_carrier_value_from_low_to_high",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_state_display()})"

    @property
    def acting_organisation(self) -> Organisation:
        """For the log."""
        return self.organisation


class Interest(models.Model):
    """An authority that has the need too, without carrying it: said by name, for everyone to read."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="interests", verbose_name=_("need"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="interests", verbose_name=_("authority")
    )
    scope = models.CharField(
        _("scope"), max_length=200, blank=True, help_text=_("How much of it, e.g. “two squares, 3,000 m²”.")
    )
    wished_on = models.DateField(_("wished for"), null=True, blank=True, help_text=_("From when, e.g. 01/09/2027."))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("said by")
    )
    said_at = models.DateTimeField(_("said at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("authority that has the need too")
        verbose_name_plural = _("authorities that have the need too")
        ordering = ["organisation__name"]
        constraints = [models.UniqueConstraint(fields=["need", "organisation"], name="interest_once_a_need")]

    def __str__(self) -> str:
        return f"{self.organisation}"
