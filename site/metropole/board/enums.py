from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedMode(models.TextChoices):
    """How a need is taken to the market, within the public procurement code."""

    SOURCING = "sourcing", _("sourcing")
    DIRECT = "direct", _("direct enquiry")
    REFERRAL = "referral", _("referral to an official consultation")
