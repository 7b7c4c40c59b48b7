from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.moderation.models import LONGEST_REASON, person_field
from metropole.organisations.models import Organisation

from ..models.solution import SolutionPage
from .enums import TakeoverState


class TakeoverQuerySet(models.QuerySet):
    def asked(self) -> "TakeoverQuerySet":
        """Those that wait for an answer."""
        return self.filter(state=TakeoverState.ASKED)

    def accepted(self) -> "TakeoverQuerySet":
        return self.filter(state=TakeoverState.ACCEPTED)

    def of(self, solution: SolutionPage, organisation: Organisation) -> "TakeoverQuerySet":
        """Those of an organisation, whichever language the sheet is read in."""
        return self.filter(solution__translation_key=solution.translation_key, organisation=organisation)


class Takeover(models.Model):
    """An organisation says that a sheet drawn up by the editors is that of its own solution, and why to believe it.

    Kept for originals. A sheet is asked for by one organisation at a time.
    """

    solution = models.ForeignKey(
        SolutionPage, models.CASCADE, related_name="takeovers", verbose_name=_("solution"), editable=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="takeovers", verbose_name=_("organisation"), editable=False
    )
    proof = models.TextField(
        _("what shows it"),
        max_length=LONGEST_REASON,
        help_text=_(
            "Where one can see that you make or sell it, e.g. “the legal notice of our website names our company”."
        ),
    )
    siret = models.CharField(
        _("SIRET"), max_length=14, blank=True, help_text=_("Of the establishment that publishes it: 14 digits.")
    )
    asked_by = person_field("takeovers", _("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=TakeoverState, default=TakeoverState.ASKED, editable=False
    )
    decided_by = person_field("+", _("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    answer = models.TextField(_("answer"), max_length=LONGEST_REASON, blank=True, editable=False)

    objects = TakeoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a sheet")
        verbose_name_plural = _("requests for a sheet")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution"], condition=Q(state=TakeoverState.ASKED), name="takeover_asked_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.solution} – {self.organisation}"

    @property
    def acting_organisation(self) -> Organisation:
        """For the log."""
        return self.organisation
