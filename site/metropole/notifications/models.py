from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Notification(models.Model):
    """One piece of news for one person: told once, however often the event is announced."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=60)
    event = models.CharField(
        _("event"), max_length=150, help_text=_("What happened, in a word of its own, such as “membership.accept:12”.")
    )
    words = models.JSONField(_("words"), default=dict)
    route = models.JSONField(_("address"), default=list, help_text=_("The address's name, then its arguments."))
    created_at = models.DateTimeField(_("told at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "event"], name="notification_once_per_event_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.event})"
