"""Authorities that gather to buy: who they are, who coordinates, and how far they have come."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.enums import SolutionKind
from metropole.organisations.models import Organisation

from ..enums import BOUND, OVER, GroupState
from ..querysets import GroupQuerySet, current_members
from .presentation import Presentation

LONGEST_REASON = 1000
HIGHEST_VALUE = 2**31 - 1


class PurchasingGroup(models.Model):
    """A group formed around one category of the solutions of a presentation: never around one of them.

    It buys on its coordinator's buyer profile: the site awards nothing.
    """

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    presentation = models.ForeignKey(
        Presentation, models.PROTECT, related_name="groups", verbose_name=_("presentation of solutions")
    )
    category = models.CharField(_("category of solutions"), max_length=20, choices=SolutionKind)
    state = models.CharField(_("state"), max_length=12, choices=GroupState, default=GroupState.FORMING, editable=False)
    formed_at = models.DateTimeField(_("formed at"), default=timezone.now, editable=False)
    formed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("formed by")
    )
    coordinator = models.ForeignKey(
        "purchasing.GroupMember",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("coordinator"),
        editable=False,
    )
    candidate = models.ForeignKey(
        "purchasing.GroupMember",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("designated as coordinator"),
        editable=False,
    )
    consultation_url = models.URLField(_("address of the official consultation"), blank=True, editable=False)
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived at"), null=True, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchasing group")
        verbose_name_plural = _("purchasing groups")
        ordering = ["-formed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["presentation", "category"],
                condition=~Q(state__in=OVER),
                name="purchasing_group_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BOUND) | Q(coordinator__isnull=False),
                name="purchasing_group_bound_is_coordinated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(GroupState.CONSULTING, GroupState.ENDED)) | ~Q(consultation_url=""),
                name="purchasing_group_consults_officially",
            ),
            models.CheckConstraint(
                condition=~Q(state=GroupState.GIVEN_UP) | ~Q(reason=""), name="purchasing_group_given_up_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presentation} ({self.get_category_display()})"

    def get_absolute_url(self) -> str:
        return reverse("purchasing:group", args=[self.key])

    @property
    def present(self) -> models.QuerySet:
        """The authorities that are in it now."""
        return current_members().filter(group=self)

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_bound(self) -> bool:
        return self.state in BOUND

    @property
    def is_forming(self) -> bool:
        return self.state == GroupState.FORMING

    @property
    def is_going_on(self) -> bool:
        """Whether its members still work in it."""
        return not self.is_over and self.archived_at is None

    @property
    def acting_organisation(self) -> Organisation | None:
        """For the log."""
        return self.coordinator.organisation if self.coordinator else None


class GroupMember(models.Model):
    """An authority in a purchasing group. Who left and comes back begins another one: what was stays to be read."""

    group = models.ForeignKey(
        PurchasingGroup, models.CASCADE, related_name="members", verbose_name=_("purchasing group"), editable=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="purchasing_memberships", verbose_name=_("authority"), editable=False
    )
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("joined by")
    )
    left_at = models.DateTimeField(_("left at"), null=True, editable=False)
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON, blank=True, editable=False)
    estimated_value = models.PositiveIntegerField(
        _("estimated value"),
        null=True,
        blank=True,
        help_text=_("What your authority may spend in all, in euros without tax, e.g. 25000. Members alone read it."),
    )
    deliberated_on = models.DateField(
        _("deliberation of"), null=True, blank=True, help_text=_("When your deliberating body decided to take part.")
    )

    class Meta:
        verbose_name = _("member of a purchasing group")
        verbose_name_plural = _("members of purchasing groups")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(left_at__isnull=True),
                name="purchasing_member_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
