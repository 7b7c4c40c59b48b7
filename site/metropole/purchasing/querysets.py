from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from wagtail.models import Locale

from metropole.organisations.enums import Right
from metropole.organisations.models import Organisation

from .enums import OVER


class PresentationQuerySet(models.QuerySet):
    def originals(self) -> "PresentationQuerySet":
        """Each presentation once: its facts, and all that is tied to it, are its original's."""
        return self.filter(locale=Locale.get_default())

    def published(self) -> "PresentationQuerySet":
        """What everyone may read, be it archived."""
        return self.originals().filter(published_at__lte=timezone.now())

    def listed(self) -> "PresentationQuerySet":
        return self.published().filter(archived_at=None)


class MessageQuerySet(models.QuerySet):
    def reported(self) -> "MessageQuerySet":
        """Those whose report waits for a moderator."""
        return self.filter(reported_at__isnull=False, settled_at=None)


class GroupQuerySet(models.QuerySet):
    def public(self) -> "GroupQuerySet":
        """Those that everyone may read about: of presentations that everyone may read."""
        return self.filter(presentation__published_at__lte=timezone.now())

    def listed(self) -> "GroupQuerySet":
        return self.public().filter(archived_at=None)

    def going_on(self) -> "GroupQuerySet":
        return self.exclude(state__in=OVER)

    def of_agent(self, person: AbstractUser) -> "GroupQuerySet":
        """Those whose member an authority is that a person contributes for, or engages."""
        return self.filter(members__in=_current_of(acting_for(person))).distinct()

    def with_members(self) -> "GroupQuerySet":
        """With the authorities that are in it now, in ``current_members``."""
        return self.prefetch_related(Prefetch("members", current_members(), to_attr="current_members"))


def current_members() -> models.QuerySet:
    from .models import GroupMember

    present = GroupMember.objects.filter(left_at=None)
    return present.select_related("organisation__territory").order_by("organisation__name")


def _current_of(organisations: models.QuerySet) -> models.QuerySet:
    return current_members().filter(organisation__in=organisations).order_by().values("pk")


def acting_for(person: AbstractUser) -> models.QuerySet:
    """The verified organisations that a person contributes for, or engages."""
    rights = Q(pk__in=Organisation.objects.of(person, Right.CONTRIBUTES).values("pk"))
    rights |= Q(pk__in=Organisation.objects.of(person, Right.ENGAGES).values("pk"))
    return Organisation.objects.verified().filter(rights)
