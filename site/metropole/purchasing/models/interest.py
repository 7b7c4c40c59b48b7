from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from .presentation import Presentation, PresentedSolution

LONGEST_SCOPE = 200


class Interest(models.Model):
    """An authority that is interested in solutions of a presentation: said by name, for everyone to read.

    It commits the authority to nothing.
    """

    presentation = models.ForeignKey(
        Presentation, models.PROTECT, related_name="interests", verbose_name=_("presentation of solutions")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="purchase_interests", verbose_name=_("authority")
    )
    solutions = models.ManyToManyField(PresentedSolution, related_name="interests", verbose_name=_("solutions"))
    scope = models.CharField(
        _("scope and volume"),
        max_length=LONGEST_SCOPE,
        blank=True,
        help_text=_("How much of it, e.g. “two squares, 3,000 m²”. Everybody reads it."),
    )
    wished_on = models.DateField(_("wished for"), null=True, blank=True, help_text=_("From when, e.g. 01/09/2027."))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("said by")
    )
    said_at = models.DateTimeField(_("said at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("authority interested in a purchase")
        verbose_name_plural = _("authorities interested in a purchase")
        ordering = ["organisation__name"]
        constraints = [models.UniqueConstraint(fields=["presentation", "organisation"], name="purchase_interest_once")]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.presentation}"
