"""What waits for moderators of the needs: those in review, changes proposed, withdrawals asked for."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst

from metropole.core.policy import policy
from metropole.moderation.enums import Waiting
from metropole.moderation.queue import Row

from ..enums import AmendmentState, NeedState
from ..models import Amendment, Need
from ..querysets import NeedQuerySet
from ..states import state_expression


def _in_state(state: NeedState) -> NeedQuerySet:
    needs = Need.objects.annotate(state_now=state_expression()).filter(state_now=state)
    return needs.select_related("organisation").with_texts()


def _withdrawals() -> NeedQuerySet:
    return _in_state(NeedState.OPEN).filter(withdrawal_asked_at__isnull=False)


def _amendments() -> Iterable[Amendment]:
    """Of open needs alone: after the closing, nothing changes any more."""
    needs = {need.pk: need for need in _in_state(NeedState.OPEN).filter(_proposed()).distinct()}
    waiting = Amendment.objects.filter(state=AmendmentState.PROPOSED, need__in=needs)
    for amendment in waiting:
        amendment.need = needs[amendment.need_id]
        yield amendment


def _proposed() -> Q:
    return Q(amendments__state=AmendmentState.PROPOSED)


def rows(person: AbstractUser) -> Iterable[Row]:
    for need in _in_state(NeedState.IN_REVIEW):
        yield _row(person, need, Waiting.NEED, need.submitted_at, "publish")
    for amendment in _amendments():
        yield _row(person, amendment.need, Waiting.AMENDMENT, amendment.proposed_at, "amend_materially")
    for need in _withdrawals():
        yield _row(person, need, Waiting.WITHDRAWAL, need.withdrawal_asked_at, "withdraw")


def _row(person: AbstractUser, need: Need, waiting: Waiting, since: object, step: str) -> Row:
    return Row(
        waiting=waiting,
        title=need.name,
        kind=capfirst(Need._meta.verbose_name),
        organisation=need.organisation.name,
        since=since,
        url=reverse("needs_admin:need", args=[need.pk]),
        is_own=not policy.may(person, f"need.{step}", need),
    )


def count() -> int:
    return _in_state(NeedState.IN_REVIEW).count() + sum(1 for _one in _amendments()) + _withdrawals().count()
