from django.contrib.auth.models import AbstractUser
from django.db import models

from .enums import TERRITORIAL_KINDS, MembershipState, Right, Verification


class OrganisationQuerySet(models.QuerySet):
    def territorial(self) -> "OrganisationQuerySet":
        """The communes, the EPT and the métropole."""
        return self.filter(kind__in=TERRITORIAL_KINDS)

    def verified(self) -> "OrganisationQuerySet":
        """Those that everyone may see."""
        return self.filter(verification=Verification.VERIFIED)

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
