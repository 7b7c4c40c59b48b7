from django.db import models
from django.utils.translation import gettext_lazy as _


class Independence(models.TextChoices):
    """Who evaluated, as seen from those who gain by the result."""

    INDEPENDENT = "independent", _("independent: neither the publisher nor the authority that uses it")
    BY_AUTHORITY = "authority", _("by the authority that uses it")
    BY_PUBLISHER = "publisher", _("by the publisher")
    UNKNOWN = "unknown", _("not said by the source")


class Outcome(models.TextChoices):
    """What was found. A solution that changes nothing, or does harm, is as worth knowing as one that works."""

    AS_EXPECTED = "expected", _("the effect that was expected")
    PARTLY = "partly", _("a part of the effect that was expected")
    NONE = "none", _("no effect")
    ADVERSE = "adverse", _("an adverse effect")
