from collections.abc import Collection

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from .enums import INVITATION_TERM, TERRITORIAL_KINDS, MembershipState, Right, Verification


class OrganisationQuerySet(models.QuerySet):
    def territorial(self) -> "OrganisationQuerySet":
        """The communes, the EPT and the métropole."""
        return self.filter(kind__in=TERRITORIAL_KINDS)

    def verified(self) -> "OrganisationQuerySet":
        """Those that everyone may see."""
        return self.filter(verification=Verification.VERIFIED)

    def listed(self) -> "OrganisationQuerySet":
        """Those of the directory: authorities are read about on their territory's page."""
        return self.verified().filter(territory=None)

    def of(self, person: AbstractUser, right: Right | None = None) -> "OrganisationQuerySet":
        """Those whose member somebody is, with a right if one is named."""
        holding = {f"memberships__{right}": True} if right else {}
        active = MembershipState.ACTIVE
        return self.filter(memberships__person=person, memberships__state=active, **holding).distinct()


class MembershipQuerySet(models.QuerySet):
    def active(self) -> "MembershipQuerySet":
        return self.filter(state=MembershipState.ACTIVE)

    def holding(self, right: Right) -> "MembershipQuerySet":
        """The members who hold a right."""
        return self.active().filter(**{right: True})

    def current(self) -> "MembershipQuerySet":
        """The one that a person may have at a time in an organisation."""
        return self.filter(state__in=(MembershipState.ASKED, MembershipState.ACTIVE))

    def asked(self) -> "MembershipQuerySet":
        """The requests that wait for an answer."""
        return self.filter(state=MembershipState.ASKED)


class InvitationQuerySet(models.QuerySet):
    def unanswered(self) -> "InvitationQuerySet":
        """Neither answered nor withdrawn, be they expired."""
        return self.filter(accepted_at=None, declined_at=None, withdrawn_at=None)

    def pending(self) -> "InvitationQuerySet":
        return self.unanswered().filter(renewed_at__gt=timezone.now() - INVITATION_TERM)

    def to(self, addresses: Collection[str]) -> "InvitationQuerySet":
        return self.filter(email__in=[address.lower() for address in addresses])


class LegalTextQuerySet(models.QuerySet):
    def in_force(self) -> "LegalTextQuerySet":
        """Those that have taken effect, be they followed by another version."""
        return self.filter(effective_at__lte=timezone.now())

    def current(self, kind: str) -> models.Model | None:
        """The version that people agree to today."""
        return self.in_force().filter(kind=kind).order_by("-effective_at", "-version").first()

    def next_version(self, kind: str) -> int:
        return (self.filter(kind=kind).aggregate(last=models.Max("version"))["last"] or 0) + 1
