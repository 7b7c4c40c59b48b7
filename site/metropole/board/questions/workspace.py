"""What of questions waits in somebody's workspace."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet

from metropole.moderation.policy import is_moderator
from metropole.organisations.models import Organisation

from ..enums import CoCarrierState, NeedState, QuestionState
from ..models import Need, Question
from ..policy import contributing
from ..states import state_expression


def own_questions(person: AbstractUser) -> QuerySet[Question]:
    """What a person has asked, the last first."""
    asked = Question.objects.filter(asker=person).select_related("need__organisation", "asker_organisation")
    return asked.prefetch_related("need__texts__locale").order_by("-asked_at", "pk")


def to_answer(person: AbstractUser) -> QuerySet[Question]:
    """What waits for an answer of the authorities for which a person contributes; for moderators, of all others."""
    needs = Q(organisation__in=contributing(person))
    if is_moderator(person):
        own = Organisation.objects.of(person)
        carried = Q(co_carriers__organisation__in=own, co_carriers__state=CoCarrierState.ACCEPTED)
        with_a_part = Need.objects.filter(Q(organisation__in=own) | Q(author=person) | carried)
        needs |= ~Q(pk__in=with_a_part.values("pk"))
    is_open = Need.objects.annotate(state_now=state_expression()).filter(needs, state_now=NeedState.OPEN)
    found = Question.objects.filter(state=QuestionState.ASKED, need__in=is_open.values("pk"))
    related = found.select_related("need__organisation").prefetch_related("need__texts__locale")
    return related.order_by("need__answers_due_at", "asked_at", "pk")


def waiting_count(person: AbstractUser) -> int:
    """On the menu: what an agent owes; moderators look after many needs, and are not counted those."""
    return _owed_by(person).count()


def waiting_part(person: AbstractUser) -> Mapping[str, object] | None:
    """For the workspace's home; None where one's authorities owe no answer."""
    waiting = list(_owed_by(person))
    return {"waiting": waiting} if waiting else None


def _owed_by(person: AbstractUser) -> QuerySet[Question]:
    return to_answer(person).filter(need__organisation__in=contributing(person))
