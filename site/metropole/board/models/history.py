"""What happened to a need: each step of its life, and each change of what was published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from ..enums import AmendmentKind, AmendmentState
from .need import Need

LONGEST_REASON = 2000


class NeedEvent(models.Model):
    """One step of a need's life, by the lifecycle's table. Never changed, but for who has closed an account."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="events", verbose_name=_("need"))
    action = models.CharField(_("action"), max_length=30)
    at = models.DateTimeField(_("at"), default=timezone.now)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("authority")
    )
    reason = models.TextField(_("reason"), blank=True)
    before = models.CharField(_("state before"), max_length=20, blank=True)
    after = models.CharField(_("state after"), max_length=20)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("step of a need")
        verbose_name_plural = _("steps of needs")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.action} ({self.need_id})"


class Amendment(models.Model):
    """A numbered change of an open need, old and new words public. It never brings the closing nearer.

    ``changes``: rows {"field", "old", "new"}: names of fields of the need or of its original text, values as text.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="amendments", verbose_name=_("need"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=AmendmentKind)
    state = models.CharField(
        _("state"), max_length=10, choices=AmendmentState, default=AmendmentState.PROPOSED, editable=False
    )
    changes = models.JSONField(_("changes"), default=list)
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON)
    closes_at = models.DateTimeField(_("new closing"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    refusal = models.TextField(_("reason of the refusal"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("amendment of a need")
        verbose_name_plural = _("amendments of needs")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "number"], name="amendment_numbered_once"),
            models.UniqueConstraint(
                fields=["need"], condition=Q(state=AmendmentState.PROPOSED), name="amendment_one_waits_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.PUBLISHED, number__isnull=False, decided_at__isnull=False)
                | (~Q(state=AmendmentState.PUBLISHED) & Q(number__isnull=True)),
                name="amendment_published_has_its_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.number or self.get_state_display()}"
