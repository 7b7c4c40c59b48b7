"""What of the opening, the reading and the outcome is on a need's own screen in the workspace."""

from django.http import HttpRequest

from metropole.board.enums import NeedMode, NeedState, Outcome
from metropole.board.lifecycle.services import possible
from metropole.board.lifecycle.table import OUTCOME_STEPS
from metropole.board.models import Need
from metropole.board.parts import Context, NeedPart, register_need_part
from metropole.board.policy import leads
from metropole.core.policy import policy

from ..models import Declaration, FollowUp, Opening
from .concluding import standing


def register() -> None:
    register_need_part(NeedPart("workspace", "opening/_to_open.html", to_open, 400))
    register_need_part(NeedPart("workspace", "opening/_panel.html", panel, 410))
    register_need_part(NeedPart("workspace", "opening/_to_end.html", to_end, 420))
    register_need_part(NeedPart("workspace", "opening/_after.html", after, 430))


def to_open(request: HttpRequest, need: Need) -> Context | None:
    """The need has closed: two people open its responses, of which nobody knows how many there are."""
    if need.state != NeedState.CLOSED or need.mode == NeedMode.REFERRAL:
        return None
    person = request.user
    opening = Opening.objects.filter(need=need).select_related("asked_by", "asked_for").first()
    if not (policy.may(person, "opening.ask", need) or (opening and policy.may(person, "need.open_responses", need))):
        return None
    return {"need": need, "opening": opening}


def panel(request: HttpRequest, need: Need) -> Context | None:
    """The need is opened: the panel reads."""
    person = request.user
    if not policy.may(person, "opening.minutes", need):
        return None
    return {
        "need": need,
        "may_declare": policy.may(person, "panel.declare", need),
        "declaration": Declaration.objects.filter(need=need, person=person).first(),
        "is_reader": policy.may(person, "panel.read", need),
    }


def to_end(request: HttpRequest, need: Need) -> Context | None:
    """The outcomes that its lead may record now."""
    steps = [step for step in possible(need, request.user) if step in OUTCOME_STEPS]
    ways = [step for step in steps if fits(step.name, need)]
    return {"need": need, "steps": ways} if ways else None


def fits(name: str, need: Need) -> bool:
    """Whether an outcome is one of the need's mode."""
    mode = {"adopt": NeedMode.DIRECT, "publish_synthesis": NeedMode.SOURCING}.get(name)
    return mode is None or need.mode == mode


def after(request: HttpRequest, need: Need) -> Context | None:
    """What follows an adoption, for the lead."""
    if need.outcome != Outcome.ADOPTED or not leads(request.user, need):
        return None
    found = FollowUp.objects.filter(need=need).select_related("solution", "deployment", "contribution")
    return {"need": need, "follow_ups": found, "conclusion": standing(need)} if found else None
