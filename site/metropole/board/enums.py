from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedMode(models.TextChoices):
    """How a need is taken to the market, within the public procurement code."""

    SOURCING = "sourcing", _("sourcing")
    DIRECT = "direct", _("direct enquiry")
    REFERRAL = "referral", _("referral to an official consultation")


class PurchaseKind(models.TextChoices):
    """What would be bought: the procurement code has other thresholds for works."""

    SUPPLIES = "supplies", _("supplies or services")
    WORKS = "works", _("works")


class Phase(models.TextChoices):
    """How far the authority means to go."""

    UNKNOWN = "", _("not provided")
    EXPLORE = "explore", _("explore what exists")
    TEST = "test", _("test on a small scale")
    DEPLOY = "deploy", _("deploy")


class NeedState(models.TextChoices):
    """Where a need stands. Never stored: it follows from what was done, and from the clock (see ``states``)."""

    DRAFT = "draft", _("draft")
    TO_CORRECT = "to_correct", _("to be corrected")
    IN_REVIEW = "in_review", _("read by the moderators")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    STUDYING = "studying", _("responses are being read")
    ADOPTED = "adopted", _("a solution is adopted")
    SYNTHESIS = "synthesis", _("synthesis published")
    NONE_SUITABLE = "none_suitable", _("no suitable response")
    ABANDONED = "abandoned", _("abandoned")
    CONSULTATION = "consultation", _("official consultation launched")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged into another need")
    ARCHIVED = "archived", _("archived")


WRITABLE = (NeedState.DRAFT, NeedState.TO_CORRECT)
"""In which its author writes it."""
OUTCOMES = (
    NeedState.ADOPTED,
    NeedState.SYNTHESIS,
    NeedState.NONE_SUITABLE,
    NeedState.ABANDONED,
    NeedState.CONSULTATION,
)
"""How a need ends: one of them is owed."""


class Outcome(models.TextChoices):
    """What became of a need, as it is stored: the states that end it."""

    ADOPTED = NeedState.ADOPTED.value, NeedState.ADOPTED.label
    SYNTHESIS = NeedState.SYNTHESIS.value, NeedState.SYNTHESIS.label
    NONE_SUITABLE = NeedState.NONE_SUITABLE.value, NeedState.NONE_SUITABLE.label
    ABANDONED = NeedState.ABANDONED.value, NeedState.ABANDONED.label
    CONSULTATION = NeedState.CONSULTATION.value, NeedState.CONSULTATION.label


class AmendmentKind(models.TextChoices):
    """What an amendment changes of an open need."""

    WORDS = "words", _("clarification")
    MATERIAL = "material", _("material change")
    EXTENSION = "extension", _("later closing")
    CARRIERS = "carriers", _("authorities that carry it")


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("waits for the moderators")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")


class CoCarrierState(models.TextChoices):
    INVITED = "invited", _("invited")
    ASKED = "asked", _("asks to join")
    ACCEPTED = "accepted", _("carries the need")
    REFUSED = "refused", _("refused")
    LEFT = "left", _("has left")


class QuestionState(models.TextChoices):
    ASKED = "asked", _("waits for an answer")
    PUBLISHED = "published", _("published with its answer")
    DISMISSED = "dismissed", _("set aside")


class ThresholdKey(models.TextChoices):
    """The amounts of the law on which the board relies; the amounts themselves are dated rows (see ``Threshold``)."""

    DISPENSATION_SUPPLIES = "dispensation_supplies", _("purchase without publicity: supplies and services")
    DISPENSATION_WORKS = "dispensation_works", _("purchase without publicity: works")
    INNOVATIVE = "innovative", _("innovative purchase")
    BUYER_PROFILE = "buyer_profile", _("documents on the buyer profile")
    FORMAL_SUPPLIES = "formal_supplies", _("formal procedure: supplies and services")
    FORMAL_WORKS = "formal_works", _("formal procedure: works")
