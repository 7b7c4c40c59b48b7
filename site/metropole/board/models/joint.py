"""What several authorities that buy together owe before they do: an agreement, and the vote of each council."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from .need import Need


class JointPurchase(models.Model):
    """The purchasing group of the authorities that carried a need (articles L. 2113-6 and L. 2113-7 of the code)."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="joint_purchase", verbose_name=_("need"))
    coordinator = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("coordinator"),
        help_text=_("The authority that buys for all: the agreement says what it does."),
    )
    agreement_on = models.DateField(
        _("agreement signed on"), null=True, blank=True, help_text=_("Once each council has voted.")
    )

    class Meta:
        verbose_name = _("joint purchase")
        verbose_name_plural = _("joint purchases")

    def __str__(self) -> str:
        return str(self.need)

    @property
    def acting_organisation(self) -> Organisation:
        """For the log."""
        return self.need.organisation


class Deliberation(models.Model):
    """The vote of an authority's council on the agreement, held or planned."""

    purchase = models.ForeignKey(
        JointPurchase, models.CASCADE, related_name="deliberations", verbose_name=_("joint purchase")
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("authority"))
    held_on = models.DateField(
        _("date of the deliberation"), help_text=_("Of your council, held or planned, e.g. 12/02/2027.")
    )

    class Meta:
        verbose_name = _("deliberation on a joint purchase")
        verbose_name_plural = _("deliberations on joint purchases")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["purchase", "organisation"], name="deliberation_once_a_purchase")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.held_on})"

    @property
    def acting_organisation(self) -> Organisation:
        """For the log."""
        return self.organisation
