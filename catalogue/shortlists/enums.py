from django.db import models
from django.utils.translation import gettext_lazy as _


class ShortlistState(models.TextChoices):
    DRAFT = "draft", _("being drawn up")
    LOCKED = "locked", _("locked")


class Verdict(models.TextChoices):
    """What became of a solution that was considered."""

    OPEN = "open", _("under consideration")
    KEPT = "kept", _("kept")
    LEFT_OUT = "left_out", _("left out")
