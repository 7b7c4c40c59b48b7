"""What of shared needs waits in somebody's workspace."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet

from metropole.core.policy import policy
from metropole.organisations.enums import Right
from metropole.organisations.models import Organisation

from ..enums import CoCarrierState
from ..models import CoCarrier, Interest, Need
from ..policy import contributing
from ..states import state_expression
from .transitions import JOINING


def _standing() -> QuerySet[CoCarrier]:
    """Where authorities stand with needs that may still be joined."""
    alive = Need.objects.annotate(state_now=state_expression()).filter(state_now__in=JOINING)
    return CoCarrier.objects.filter(need__in=alive.values("pk")).select_related("need__organisation", "organisation")


def _waiting(person: AbstractUser) -> QuerySet[CoCarrier]:
    engaged = Organisation.objects.verified().of(person, Right.ENGAGES)
    own = Q(organisation__in=engaged) | Q(organisation__in=contributing(person))
    asked = Q(state=CoCarrierState.ASKED, need__organisation__in=contributing(person))
    return _standing().filter(Q(state=CoCarrierState.INVITED) & own | asked)


def waiting_for(person: AbstractUser) -> list[CoCarrier]:
    """Invitations of one's authorities, and requests to carry what one's authorities lead, the oldest first."""
    return list(_waiting(person).order_by("asked_at", "pk").prefetch_related("need__texts"))


def sent_by(person: AbstractUser) -> list[CoCarrier]:
    """What one's authorities wait for: the answers to their requests."""
    asked = _standing().filter(state=CoCarrierState.ASKED, organisation__in=contributing(person))
    return list(asked.order_by("asked_at").prefetch_related("need__texts"))


def carried_by(person: AbstractUser) -> list[CoCarrier]:
    """The needs that one's authorities carry with their lead."""
    found = CoCarrier.objects.filter(state=CoCarrierState.ACCEPTED, organisation__in=contributing(person))
    return list(found.select_related("need__organisation", "organisation").prefetch_related("need__texts"))


def interests_of(person: AbstractUser) -> list[Interest]:
    """The needs that one's authorities have too."""
    found = Interest.objects.filter(organisation__in=contributing(person))
    return list(found.select_related("need__organisation", "organisation").prefetch_related("need__texts"))


def waiting_count(person: AbstractUser) -> int:
    return _waiting(person).count()


def waiting_part(person: AbstractUser) -> Mapping[str, object] | None:
    """For the workspace's home; None where nothing waits."""
    waiting = waiting_for(person)
    return {"waiting": waiting} if waiting else None


def may_answer(person: AbstractUser, co_carrier: CoCarrier) -> bool:
    action = "co_carrier.answer" if co_carrier.state == CoCarrierState.INVITED else "co_carrier.admit"
    return policy.may(person, action, co_carrier)
