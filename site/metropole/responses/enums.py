from django.db import models
from django.utils.translation import gettext_lazy as _


class ResponseState(models.TextChoices):
    """Where a response stands. Never stored: it follows from its instants, its need and the clock."""

    DRAFT = "draft", _("draft, not deposited")
    DEPOSITED = "deposited", _("deposited")
    WITHDRAWN = "withdrawn", _("withdrawn")
    NOT_DEPOSITED = "not_deposited", _("not deposited before the closing")
    TO_STUDY = "to_study", _("being read")
    INADMISSIBLE = "inadmissible", _("not admissible")
    RETAINED = "retained", _("retained")
    NOT_RETAINED = "not_retained", _("not retained")
    STUDIED = "studied", _("studied")
    VOID = "void", _("void: the need was withdrawn or abandoned")


class ReceiptKind(models.TextChoices):
    DEPOSITED = "deposited", _("deposit")
    REPLACED = "replaced", _("replacement")
    WITHDRAWN = "withdrawn", _("withdrawal")


class Verdict(models.TextChoices):
    """What the lead authority decides on a response."""

    INADMISSIBLE = "inadmissible", _("not admissible")
    RETAINED = "retained", _("retained")
    NOT_RETAINED = "not_retained", _("not retained")
    STUDIED = "studied", _("studied")
