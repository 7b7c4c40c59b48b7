from django.db import models
from django.utils.translation import gettext_lazy as _


class ContributionState(models.TextChoices):
    """Whether its organisation has it in hand. What becomes of it once it is sent, moderation says."""

    WRITING = "writing", _("being written")
    SENT = "sent", _("sent")


class ScanState(models.TextChoices):
    """Whether a file was looked at by the antivirus, where there is one."""

    CLEAN = "clean", _("checked")
    WAITING = "waiting", _("waiting for the check")
    INFECTED = "infected", _("refused by the antivirus")
