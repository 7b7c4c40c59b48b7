"""Whom a need fits, and which needs fit somebody: by the one rule, in the order of their publication."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser

from ..enums import NeedState
from ..models import Following, Need
from ..querysets import NeedQuerySet
from ..states import state_expression
from .rule import Filing, Reason, in_a_sentence, reasons, said, trees

MOST_SHOWN = 50


@dataclass(frozen=True)
class Fit:
    """A need, and in words why it fits."""

    need: Need
    reasons: list[str]

    @property
    def why(self) -> str:
        return in_a_sentence(self.reasons)


def filing_of(filed: Need | Following) -> Filing:
    return Filing(
        frozenset(theme.slug for theme in filed.themes.all()),
        frozenset(territory.slug for territory in filed.territories.all()),
    )


def followings_of(person: AbstractUser) -> list[Following]:
    own = Following.objects.filter(person=person).select_related("organisation")
    return list(own.prefetch_related("themes", "territories"))


def open_needs() -> NeedQuerySet:
    """What is open now, the last published first."""
    needs = Need.objects.listed().annotate(state_now=state_expression()).filter(state_now=NeedState.OPEN)
    return needs.with_filing().order_by("-published_at", "-pk")


def fitting(followed: Iterable[Filing], most: int = MOST_SHOWN) -> list[Fit]:
    """The open needs that fit what is followed, the last published first, each with the reasons."""
    known, all_followed = trees(), list(followed)
    if not all_followed:
        return []
    found = []
    for need in open_needs():
        filing = filing_of(need)
        if why := [reason for one in all_followed for reason in reasons(one, filing, known)]:
            found.append(Fit(need, said(why, known)))
        if len(found) == most:
            break
    return found


def followers_of_filing(need: Need) -> dict[AbstractUser, list[Reason]]:
    """Whom a need fits, with all reasons of each person."""
    known, filing = trees(), filing_of(need)
    active = Following.objects.filter(is_active=True, person__is_active=True).select_related("person")
    found: dict[AbstractUser, list[Reason]] = defaultdict(list)
    for following in active.prefetch_related("themes", "territories").order_by("pk"):
        if why := reasons(filing_of(following), filing, known):
            found[following.person] += why
    return dict(found)
