"""Responses to needs. What they say is sealed: columns hold nothing of it but its digest."""

from secrets import choice
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.board.models import Need
from metropole.organisations.models import Organisation

from .enums import ReceiptKind, Verdict
from .opening.enums import Ground
from .opening.models import (
    Conclusion,
    Declaration,
    Exchange,
    ExchangeAnswer,
    FollowUp,
    Note,
    Opening,
    Opinion,
    Reading,
)
from .sealing import seal, unseal, unseal_data

__all__ = [
    "Conclusion",
    "Decision",
    "Declaration",
    "Exchange",
    "ExchangeAnswer",
    "FollowUp",
    "Note",
    "Opening",
    "Opinion",
    "Reading",
    "Receipt",
    "Response",
    "ResponseFile",
]

FOLDER = "documents/responses"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is easily taken for something else."""


def random_number() -> str:
    """The number of a receipt, which tells neither how many there are nor in which order."""
    return "-".join("".join(choice(ALPHABET) for _letter in range(4)) for _group in range(3))


def stored_name(file: "ResponseFile", name: str) -> str:
    return f"{FOLDER}/{uuid4().hex}"


class Response(models.Model):
    """What one organisation answers to one need.

    ``draft``: what is being written, sealed; ``deposited``: what was handed in last, sealed, None before and after a
    withdrawal. Both hold {"answers": {field: typed}, "files": [{"id", "name", "title", "sha256", "size"}]}.
    ``version`` counts the deposits; ``digest`` is the SHA-256 of what was handed in. The key shows no order.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    need = models.ForeignKey(Need, models.PROTECT, related_name="responses", verbose_name=_("need"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="responses", verbose_name=_("organisation")
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    created_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    draft = models.BinaryField(_("draft"), editable=False)
    draft_version = models.PositiveIntegerField(_("version of the draft"), default=0, editable=False)
    deposited = models.BinaryField(_("what was deposited"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("deposited at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    purged_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    # The admin counts nowhere where an organisation, a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        # Nobody has any right to responses by the admin's groups.
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["need", "organisation"], name="response_once_a_need_and_organisation"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(version__gt=0, deposited__isnull=False)
                | Q(version__gt=0, purged_at__isnull=False),
                name="response_deposited_is_there",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="response_deposited_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        # Neither a log nor an error report learns from it who answers what.
        return str(self.pk)

    @property
    def is_deposited(self) -> bool:
        return self.submitted_at is not None

    @property
    def draft_content(self) -> dict[str, Any]:
        """What is being written. Raises UnreadableError."""
        return unseal_data(self.draft)

    @property
    def deposited_content(self) -> dict[str, Any]:
        """What was handed in; ask the policy ("response.read") before showing it. Raises UnreadableError."""
        return unseal_data(self.deposited)


class ResponseFile(models.Model):
    """A file of a response, sealed on the disk; its name and title stand in the response's sealed content."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="files", verbose_name=_("response"))
    file = models.FileField(_("file"), upload_to=stored_name, max_length=100, editable=False)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    # The admin counts nowhere where an organisation, a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of a response")
        verbose_name_plural = _("files of responses")
        default_permissions = ()
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return str(self.pk)

    def content(self) -> bytes:
        """What the file holds. Raises UnreadableError, OSError."""
        with self.file.open("rb") as sealed:
            return unseal(sealed.read())

    @staticmethod
    def sealed(content: bytes) -> bytes:
        """As it is written to the disk."""
        return seal(content)


class Receipt(models.Model):
    """What the site acknowledges of a response: that it was deposited, replaced or withdrawn, and when."""

    number = models.CharField(_("number"), primary_key=True, max_length=14, default=random_number, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="receipts", verbose_name=_("response"))
    kind = models.CharField(_("kind"), max_length=10, choices=ReceiptKind, editable=False)
    at = models.DateTimeField(_("at"), editable=False)
    version = models.PositiveIntegerField(_("version"), editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False)
    files = models.JSONField(
        _("files"), default=list, editable=False, help_text=_("The SHA-256 of each, in the order of the response.")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    # The admin counts nowhere where an organisation, a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        default_permissions = ()
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["response", "kind", "at"], name="receipt_once_an_instant")]

    def __str__(self) -> str:
        return self.number


class Decision(models.Model):
    """What the lead authority decides on a response: recorded first, told to all in the same minute (``told_at``).

    ``sole_of``: the need, of the one response that is retained where no second one may be: the database sees to it.
    """

    response = models.OneToOneField(
        Response, models.CASCADE, primary_key=True, related_name="decision", verbose_name=_("response")
    )
    verdict = models.CharField(_("decision"), max_length=15, choices=Verdict)
    ground = models.CharField(_("why it is not admissible"), max_length=15, choices=Ground, blank=True)
    reason = models.TextField(
        _("reason"), max_length=4000, help_text=_("Who responded reads it: what was good, what was missing.")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    told_at = models.DateTimeField(_("told at"), null=True, editable=False)
    sole_of = models.OneToOneField(
        Need,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="sole_retained",
        verbose_name=_("need that retains it alone"),
    )

    # The admin counts nowhere where an organisation, a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision on a response")
        verbose_name_plural = _("decisions on responses")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_its_reason"),
            models.CheckConstraint(
                condition=Q(sole_of__isnull=True) | Q(verdict=Verdict.RETAINED), name="decision_sole_is_retained"
            ),
            models.CheckConstraint(
                condition=(Q(verdict=Verdict.INADMISSIBLE) & ~Q(ground=""))
                | (~Q(verdict=Verdict.INADMISSIBLE) & Q(ground="")),
                name="decision_inadmissible_has_its_ground",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
