"""What of grouped purchases is somebody's, and what waits for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.organisations.enums import Right

from .models import Interest, Presentation, PurchasingGroup
from .policy import agents_authorities, own_members


@dataclass(frozen=True)
class Waiting:
    """What a group awaits of a person, in a sentence."""

    group: PurchasingGroup
    what: str


def own_groups(person: AbstractUser) -> list[PurchasingGroup]:
    """Those that a person may enter, the last formed first."""
    related = PurchasingGroup.objects.of_agent(person).select_related(
        "presentation", "coordinator__organisation", "candidate__organisation"
    )
    return [group for group in related if policy.may(person, "purchase_group.enter", group)]


def own_interests(person: AbstractUser) -> QuerySet[Interest]:
    authorities = agents_authorities(person, Right.CONTRIBUTES)
    return Interest.objects.filter(organisation__in=authorities).select_related("presentation", "organisation")


def open_presentations() -> QuerySet[Presentation]:
    now = timezone.now()
    return Presentation.objects.listed().filter(opens_at__lte=now, closes_at__gt=now)


def waiting(person: AbstractUser) -> list[Waiting]:
    """In the groups that go on: a coordination to accept, one's authority's value and deliberation."""
    return [one for group in own_groups(person) if group.is_going_on for one in _awaited(group, person)]


def _awaited(group: PurchasingGroup, person: AbstractUser) -> Iterator[Waiting]:
    if policy.may(person, "purchase_group.answer", group):
        yield Waiting(group, _("your authority is designated as coordinator: accept or decline"))
    if not group.is_forming:
        return
    for member in own_members(person, group):
        if member.estimated_value is None:
            yield Waiting(group, _("say what your authority may spend"))
        if member.deliberated_on is None:
            yield Waiting(group, _("say when your authority decided to take part"))


def waiting_count(person: AbstractUser) -> int:
    return len({one.group.pk for one in waiting(person)})


def waiting_part(person: AbstractUser) -> Mapping[str, object] | None:
    """For the workspace's home; None where nothing waits."""
    found = waiting(person)
    return {"waiting": found} if found else None
