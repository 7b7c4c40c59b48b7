"""What became of a need, with all on which that rests; and what followed an adoption."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.board.enums import Outcome, ThresholdKey
from metropole.board.models import Need, Threshold


class Conclusion(models.Model):
    """What stands behind an outcome; frozen, whatever changes later. ``cleared_at``: the outcome was taken back.

    ``veto_answers``: rows {"organisation", "note", "answer"}. ``said``: rows {"name", "text", "is_retained"}: what
    respondents agreed to have published, the name of who was retained if they agreed to that. ``bundle``: what is
    public of the whole exchange with the market, in one piece, with its SHA-256.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="conclusions", verbose_name=_("need"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    at = models.DateTimeField(_("at"), editable=False)
    responses_count = models.PositiveIntegerField(_("number of responses"), null=True)
    route = models.CharField(_("route"), max_length=30, choices=ThresholdKey, blank=True)
    threshold = models.ForeignKey(
        Threshold, models.PROTECT, null=True, related_name="+", verbose_name=_("threshold of the law")
    )
    amount = models.PositiveIntegerField(_("amount"), null=True)
    innovation_reason = models.TextField(_("why the purchase is innovative"), blank=True)
    synthesis = models.TextField(_("synthesis"), blank=True)
    is_repeat_confirmed = models.BooleanField(_("the same firm is retained again, knowingly"), default=False)
    veto_answers = models.JSONField(_("answers to the notes of co-carriers"), default=list)
    said = models.JSONField(_("what respondents agreed to have published"), default=list)
    bundle = models.JSONField(_("public file"), default=dict)
    digest = models.CharField(_("SHA-256"), max_length=64)
    cleared_at = models.DateTimeField(_("taken back at"), null=True, editable=False)

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("outcome of a need")
        verbose_name_plural = _("outcomes of needs")
        default_permissions = ()
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(cleared_at__isnull=True), name="conclusion_one_stands_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.get_outcome_display()}"


class FollowUp(models.Model):
    """What an adoption leads to: the solution in use, and what was learnt of it. Of several solutions, one each."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="follow_ups", verbose_name=_("need"))
    solution = models.ForeignKey(
        "catalogue.SolutionPage", models.SET_NULL, null=True, related_name="+", verbose_name=_("solution")
    )
    deployment = models.ForeignKey(
        "catalogue.Deployment", models.SET_NULL, null=True, related_name="+", verbose_name=_("deployment")
    )
    contribution = models.ForeignKey(
        "contributions.Contribution", models.SET_NULL, null=True, related_name="+", verbose_name=_("feedback")
    )
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("what follows an adoption")
        verbose_name_plural = _("what follows adoptions")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "solution"], name="follow_up_once_a_solution"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.solution or '–'}"
