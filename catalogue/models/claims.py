"""Who says what of a solution: the provenance of each claim, and the authorities that confirm it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from .solution import SolutionPage


class Claim(models.Model):
    """What the published sheet says in one of its fields: since when, and on whose word.

    ``digest`` stands for the value. ``said_by``: the organisation that sent the version in which the value was first
    published; None for the editors, from the sheet's sources. Kept for originals, whose translations say the same.
    """

    solution = models.ForeignKey(
        SolutionPage, models.CASCADE, related_name="claims", verbose_name=_("solution"), editable=False
    )
    field = models.CharField(_("field"), max_length=40, editable=False)
    digest = models.CharField(_("digest"), max_length=32, editable=False)
    said_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="claims", verbose_name=_("said by"), editable=False
    )
    said_at = models.DateTimeField(_("said at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [models.UniqueConstraint(fields=["solution", "field"], name="claim_once_a_field")]

    def __str__(self) -> str:
        return f"{self.solution} – {self.field}"


class Corroboration(models.Model):
    """An authority that uses a solution confirms a claim: for the value that it had then, and no other."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="corroborations", verbose_name=_("claim"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="corroborations", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="corroborations", verbose_name=_("person")
    )
    digest = models.CharField(_("digest"), max_length=32, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("confirmation of a claim")
        verbose_name_plural = _("confirmations of claims")
        constraints = [models.UniqueConstraint(fields=["claim", "organisation"], name="corroborated_once_each")]

    def __str__(self) -> str:
        return f"{self.claim} – {self.organisation}"
