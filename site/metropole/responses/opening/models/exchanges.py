"""What the panel asks of those who have responded: the same of all, with the same time to answer."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.board.models import Need

from ...sealing import unseal
from ..enums import ExchangeKind

LONGEST_EXCHANGE = 4000


class Exchange(models.Model):
    """Questions, or an invitation to show, put to some respondents at once. The key shows no order."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    need = models.ForeignKey(Need, models.CASCADE, related_name="exchanges", verbose_name=_("need"))
    kind = models.CharField(_("kind"), max_length=10, choices=ExchangeKind, default=ExchangeKind.PRECISION)
    text = models.TextField(_("questions"), max_length=LONGEST_EXCHANGE)
    due_at = models.DateTimeField(_("answers due"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("exchange with respondents")
        verbose_name_plural = _("exchanges with respondents")
        default_permissions = ()
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return str(self.pk)


class ExchangeAnswer(models.Model):
    """One respondent's part in an exchange. ``answer`` is sealed, and read once the time of all is over."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="answers", verbose_name=_("exchange"))
    response = models.ForeignKey(
        "responses.Response", models.CASCADE, related_name="exchange_answers", verbose_name=_("response")
    )
    answer = models.BinaryField(_("answer"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer in an exchange")
        verbose_name_plural = _("answers in exchanges")
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "response"], name="exchange_once_a_response"),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(answered_at__isnull=False), name="exchange_answered_at_an_instant"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def words(self) -> str:
        """What was answered, "" where nothing was or where it is erased. Raises UnreadableError."""
        return unseal(self.answer).decode() if self.answer is not None else ""
