import datetime as dt
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ..enums import INVITATION_TERM, InvitationState
from ..querysets import InvitationQuerySet
from .membership import HoldsRights
from .organisation import Organisation


def hash_of(token: str) -> str:
    """What is kept of a token: whoever reads the database cannot use it."""
    return sha256(token.encode()).hexdigest()


class Invitation(HoldsRights):
    """Asks somebody, known by an address alone, to join an organisation with some rights."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited at"), default=timezone.now)
    renewed_at = models.DateTimeField(_("last sent at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-renewed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, declined_at=None, withdrawn_at=None),
                name="invitation_unanswered_once",
            ),
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")), name="invitation_email_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.organisation}"

    @property
    def acting_organisation(self) -> Organisation:
        """For the log."""
        return self.organisation

    @property
    def expires_at(self) -> dt.datetime:
        return self.renewed_at + INVITATION_TERM

    @property
    def state(self) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.declined_at:
            return InvitationState.DECLINED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        return InvitationState.PENDING if timezone.now() < self.expires_at else InvitationState.EXPIRED

    @property
    def is_pending(self) -> bool:
        return self.state == InvitationState.PENDING

    @property
    def token(self) -> str:
        """What opens it. Nothing keeps it: it follows from the site's secret key, which is not in the database."""
        said = f"{self.organisation_id} {self.email} {self.renewed_at.timestamp()}"
        return salted_hmac("metropole.organisations.invitation", said, algorithm="sha256").hexdigest()

    def renew(self) -> str:
        """Gives it a new term and a new token, which it returns; the token before opens no more."""
        self.renewed_at = timezone.now()
        self.token_hash = hash_of(self.token)
        return self.token
