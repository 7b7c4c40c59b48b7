from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.TextChoices):
    """How soon a person wants to read by e-mail what they are told."""

    NOW = "now", _("at once")
    DAILY = "daily", _("once a day, all together")
    NEVER = "never", _("never: I look in my workspace")


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    NONE = "none", _("not wanted any more")
    FAILED = "failed", _("refused by the mail server")
    UNKNOWN = "unknown", _("perhaps sent: its sending was interrupted")


DONE = (MailState.SENT, MailState.NONE)
IN_DOUBT = (MailState.FAILED, MailState.UNKNOWN)
"""Those that a person may look into: the site does not send them again by itself."""
EVERY_DAY = "*"
"""In the place of a topic: all those that a person reads once a day."""
