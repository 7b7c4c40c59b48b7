from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.board.enums import NeedMode

from ..enums import Verdict


class Ground(models.TextChoices):
    """Why a response is not admissible."""

    OFF_SUBJECT = "off_subject", _("it does not answer the need")
    INCOMPLETE = "incomplete", _("it lacks what is essential")
    ESSENTIAL = "essential", _("it does not meet an essential criterion")
    UNREADABLE = "unreadable", _("it cannot be read")
    OTHER = "other", _("another reason")


class Mark(models.TextChoices):
    """What a reader finds on one criterion."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")
    UNKNOWN = "unknown", _("it does not say")


class ExchangeKind(models.TextChoices):
    PRECISION = "precision", _("clarification")
    DEMONSTRATION = "demo", _("demonstration")


VERDICTS: dict[str, tuple[Verdict, ...]] = {
    NeedMode.DIRECT: (Verdict.RETAINED, Verdict.NOT_RETAINED, Verdict.INADMISSIBLE),
    NeedMode.SOURCING: (Verdict.STUDIED, Verdict.INADMISSIBLE),
}
"""What may be decided, by the mode of the need: a sourcing retains nobody."""
