from django.db import models
from django.utils.translation import gettext_lazy as _


class TakeoverState(models.TextChoices):
    ASKED = "asked", _("asked for")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
