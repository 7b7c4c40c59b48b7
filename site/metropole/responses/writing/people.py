"""Who prepares responses to a need, and who has deposited one: for those who tell them of it."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet

from metropole.accounts.models import User
from metropole.board.models import Need
from metropole.organisations.enums import MembershipState, Right

from ..models import Response


def who_deposit(responses: QuerySet[Response]) -> Iterable[AbstractUser]:
    """The members of the responding organisations who hold the right to deposit."""
    return User.objects.filter(
        is_active=True,
        memberships__state=MembershipState.ACTIVE,
        memberships__organisation__in=responses.values("organisation"),
        **{f"memberships__{Right.DEPOSITS}": True},
    ).distinct()


def draft_holders(need: Need) -> Iterable[AbstractUser]:
    return who_deposit(Response.objects.filter(need=need, submitted_at=None))


def depositors(need: Need) -> Iterable[AbstractUser]:
    return who_deposit(Response.objects.filter(need=need, submitted_at__isnull=False))
