from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far an authority has gone with a solution."""

    TEST = "test", _("test")
    PILOT = "pilot", _("pilot on a part of the services")
    IN_USE = "in_use", _("in general use")
    STOPPED = "stopped", _("stopped")
    UNKNOWN = "unknown", _("stage not said")


DECLARED_STAGES = (Stage.TEST, Stage.PILOT, Stage.IN_USE, Stage.STOPPED)
"""Those that an authority declares: it knows which one it is at. A public source may not say it."""


class CostClass(models.TextChoices):
    """What it costs the authority in a year, all taxes included, its own staff left out."""

    UNKNOWN = "", _("not provided")
    FREE = "free", _("free of charge")
    UNDER_5 = "under_5", _("less than 5,000 € a year")
    UNDER_25 = "under_25", _("5,000 to 25,000 € a year")
    UNDER_100 = "under_100", _("25,000 to 100,000 € a year")
    OVER_100 = "over_100", _("more than 100,000 € a year")


class DeploymentState(models.TextChoices):
    """How far what is said may be believed, and whether everybody reads it."""

    DECLARED = "declared", _("waits for a colleague’s confirmation")
    CONFIRMED = "confirmed", _("confirmed by the authority")
    SOURCED = "sourced", _("drawn from public sources, not confirmed by the authority")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


PUBLIC_STATES = (DeploymentState.CONFIRMED, DeploymentState.SOURCED)
"""What everybody reads."""
ENDED_STATES = (DeploymentState.REFUSED, DeploymentState.WITHDRAWN)
"""What is not, or no longer, said: the authority may begin again."""
