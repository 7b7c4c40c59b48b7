from django.db import models
from django.utils.translation import gettext_lazy as _


class SolutionKind(models.TextChoices):
    SOFTWARE = "software", _("software")
    AI = "ai", _("AI system")
    SERVICE = "service", _("service")
    HARDWARE = "hardware", _("equipment or urban design")
    DATA = "data", _("data")


class SolutionStatus(models.TextChoices):
    RESEARCH = "research", _("research and development")
    TRIAL = "trial", _("on trial")
    IN_SERVICE = "in_service", _("in service")
    STOPPED = "stopped", _("stopped")


class PriceModel(models.TextChoices):
    FREE = "free", _("free of charge")
    SUBSCRIPTION = "subscription", _("subscription")
    VOLUME = "volume", _("by volume")
    LUMP_SUM = "lump_sum", _("lump sum")
    QUOTE = "quote", _("on quotation")


class Origin(models.TextChoices):
    """Who wrote the sheet, which decides how much of it must be filled before it is published."""

    PUBLISHER = "publisher", _("by the solution's publisher")
    EDITORIAL = "editorial", _("by the métropole, from public sources")
