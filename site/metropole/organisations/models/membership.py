from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import MembershipState, Right
from ..querysets import MembershipQuerySet
from .organisation import Organisation


class HoldsRights(models.Model):
    """What a member may do for the organisation, or will when they have accepted an invitation."""

    contributes = models.BooleanField(Right.CONTRIBUTES.label, default=False)
    deposits = models.BooleanField(Right.DEPOSITS.label, default=False)
    engages = models.BooleanField(Right.ENGAGES.label, default=False)
    owns = models.BooleanField(Right.OWNS.label, default=False)

    class Meta:
        abstract = True

    @property
    def rights(self) -> list[Right]:
        return [right for right in Right if getattr(self, right)]

    @rights.setter
    def rights(self, rights: list[Right]) -> None:
        for right in Right:
            setattr(self, right, right in rights)


class Membership(HoldsRights):
    """A person in an organisation. Who left and comes back begins another one: what was stays to be read."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    state = models.CharField(_("state"), max_length=20, choices=MembershipState, default=MembershipState.ASKED)
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it was refused or ended, as the person reads."))
    created_at = models.DateTimeField(_("asked at"), default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(state__in=(MembershipState.ASKED, MembershipState.ACTIVE)),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(deposits=False) | Q(engages=False), name="membership_of_an_authority_or_of_a_carrier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"

    @property
    def acting_organisation(self) -> Organisation:
        """For the log: memberships are an affair of their organisation."""
        return self.organisation
