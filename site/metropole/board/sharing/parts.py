"""What needs that several authorities carry add to a need's own screen in the workspace."""

from django.http import HttpRequest

from metropole.core.policy import policy

from ..enums import CoCarrierState, NeedMode, NeedState
from ..models import CoCarrier, Need
from ..policy import leads
from .joint import is_joint_purchase
from .transitions import JOINING, NOTING
from .values import value_note


def carrying_part(request: HttpRequest, need: Need) -> dict[str, object]:
    """Who carries it, what waits for an answer, and what the person may do now."""
    person, state = request.user, need.state
    known = list(need.co_carriers.select_related("organisation"))
    for one in known:
        one.need = need
    by_state = {shown: [one for one in known if one.state == shown] for shown in CoCarrierState}
    own = [one for one in by_state[CoCarrierState.ACCEPTED] if policy.may(person, "co_carrier.see", one)]
    is_lead = leads(person, need)
    return {
        "need": need,
        "accepted": by_state[CoCarrierState.ACCEPTED],
        "waiting": len(by_state[CoCarrierState.ASKED]) if is_lead else 0,
        "note": value_note(need, person),
        "may_invite": is_lead and state in JOINING,
        "may_turn": is_lead and state == NeedState.OPEN and need.mode == NeedMode.DIRECT,
        "own": [(one, what_is_possible(one, need, request)) for one in own],
        "notes": noted(by_state[CoCarrierState.ACCEPTED]) if policy.may(person, "need.see_notes", need) else [],
        "is_joint": is_joint_purchase(need) and policy.may(person, "need.see_notes", need),
    }


def what_is_possible(co_carrier: CoCarrier, need: Need, request: HttpRequest) -> dict[str, bool]:
    """What an agent of an authority that has joined may do for it."""
    person, state = request.user, need.state
    return {
        "leave": state in JOINING and policy.may(person, "co_carrier.leave", co_carrier),
        "say_value": state in JOINING
        and state != NeedState.OPEN
        and policy.may(person, "co_carrier.say_value", co_carrier),
        "write_note": state in NOTING and policy.may(person, "co_carrier.write_note", co_carrier),
    }


def noted(co_carriers: list[CoCarrier]) -> list[CoCarrier]:
    """Those that have written a note before the outcome."""
    return [one for one in co_carriers if one.veto]
