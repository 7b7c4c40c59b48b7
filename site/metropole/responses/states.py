"""Where a response stands, by its own instants, its need's and the clock."""

import datetime as dt

from django.utils import timezone

from metropole.board.enums import NeedState, Outcome
from metropole.board.states import state_of

from .enums import ResponseState
from .models import Response


def response_state(response: Response, now: dt.datetime | None = None) -> ResponseState:
    """At an instant, the present one by default; reads the need and the decision of the response."""
    now = now or timezone.now()
    state = state_of(response.need, now)
    if state in (NeedState.OPEN, NeedState.MERGED):
        return _while_open(response)
    if not response.is_deposited:
        return ResponseState.WITHDRAWN if response.withdrawn_at else ResponseState.NOT_DEPOSITED
    if is_void(response):
        return ResponseState.VOID
    decision = getattr(response, "decision", None)
    if decision and decision.told_at:
        return ResponseState(decision.verdict)
    if response.need.outcome:
        return ResponseState.VOID
    return ResponseState.TO_STUDY if response.need.opened_at else ResponseState.DEPOSITED


def is_void(response: Response) -> bool:
    """Whether nobody will ever read it: its need was withdrawn, or given up before it was opened."""
    need = response.need
    unopened_end = need.outcome in (Outcome.ABANDONED, Outcome.CONSULTATION) and need.opened_at is None
    return need.withdrawn_at is not None or unopened_end


def _while_open(response: Response) -> ResponseState:
    if response.is_deposited:
        return ResponseState.DEPOSITED
    return ResponseState.WITHDRAWN if response.withdrawn_at else ResponseState.DRAFT
