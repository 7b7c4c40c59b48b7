from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from ..querysets import MessageQuerySet
from .group import LONGEST_REASON, PurchasingGroup

LONGEST_MESSAGE = 3000


class Message(models.Model):
    """What an agent writes to the other members of a purchasing group: nobody else reads it.

    A moderator reads the one that a member reports, and no other.
    """

    group = models.ForeignKey(
        PurchasingGroup, models.CASCADE, related_name="messages", verbose_name=_("purchasing group"), editable=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("authority"), editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    text = models.TextField(_("message"), max_length=LONGEST_MESSAGE, blank=True)
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, editable=False)
    reported_at = models.DateTimeField(_("reported at"), null=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reported by")
    )
    report_reason = models.TextField(_("why it is reported"), max_length=LONGEST_REASON, blank=True)
    settled_at = models.DateTimeField(_("report settled at"), null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a purchasing group")
        verbose_name_plural = _("messages of purchasing groups")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) & ~Q(text="") | Q(removed_at__isnull=False, text=""),
                name="purchasing_message_removed_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(reported_at__isnull=False),
                name="purchasing_message_settled_was_reported",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.written_at:%Y-%m-%d %H:%M}"

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def is_reported(self) -> bool:
        """Whether a report of it waits for a moderator."""
        return self.reported_at is not None and self.settled_at is None
