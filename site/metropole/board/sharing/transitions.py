"""How an authority comes to carry a need with its lead, and leaves it, as a table."""

from django.utils.translation import gettext_lazy as _

from metropole.core.audit import register_action
from metropole.core.lifecycle import Lifecycle, Transition

from ..enums import CoCarrierState, NeedState

INVITED, ASKED, ACCEPTED, REFUSED, LEFT = CoCarrierState

INVITE = "board.cocarrier.invite"
ASK = "board.cocarrier.ask"
TAKE_BACK = "board.cocarrier.take_back"
SAY_VALUE = "board.cocarrier.say_value"
WRITE_NOTE = "board.cocarrier.write_note"
MOVE = "board.cocarrier.move"
SAY = "board.interest.say"
STOP_SAYING = "board.interest.take_back"
PREPARE_PURCHASE = "board.jointpurchase.prepare"
DELIBERATE = "board.deliberation.say"

for action, label in {
    INVITE: _("an authority is invited to carry a need"),
    ASK: _("an authority asks to carry a need"),
    TAKE_BACK: _("an invitation, or a request to carry a need, is taken back"),
    SAY_VALUE: _("an authority says what it would spend on a need"),
    WRITE_NOTE: _("an authority writes a note before the outcome of a need"),
    MOVE: _("those who carry or have a need move with it, as it is merged or not any more"),
    SAY: _("an authority says that it has a need too"),
    STOP_SAYING: _("an authority takes back that it has a need too"),
    PREPARE_PURCHASE: _("a joint purchase is prepared"),
    DELIBERATE: _("an authority says when its council votes on a joint purchase"),
}.items():
    register_action(action, label)

CO_CARRIERS = Lifecycle(
    "board.cocarrier",
    (
        Transition("accept", (INVITED,), ACCEPTED, "co_carrier.answer", _("an invitation to carry a need is accepted")),
        Transition("decline", (INVITED,), REFUSED, "co_carrier.answer", _("an invitation to carry a need is declined")),
        Transition("admit", (ASKED,), ACCEPTED, "co_carrier.admit", _("a request to carry a need is accepted")),
        Transition(
            "turn_down",
            (ASKED,),
            REFUSED,
            "co_carrier.admit",
            _("a request to carry a need is refused"),
            needs_reason=True,
        ),
        Transition(
            "leave", (ACCEPTED,), LEFT, "co_carrier.leave", _("an authority carries a need no more"), needs_reason=True
        ),
        Transition("invite_again", (REFUSED, LEFT), INVITED, "co_carrier.invite", _("an authority is invited again")),
        Transition("ask_again", (REFUSED, LEFT), ASKED, "co_carrier.ask", _("an authority asks again")),
    ),
)

JOINING = (NeedState.DRAFT, NeedState.TO_CORRECT, NeedState.IN_REVIEW, NeedState.OPEN)
"""In which an authority joins a need or leaves it. Once it has closed, nobody does."""
NOTING = (NeedState.CLOSED, NeedState.STUDYING)
"""In which those who carry it write a note before its outcome."""
CAPTIVE = (NeedState.WITHDRAWN, NeedState.MERGED, NeedState.ARCHIVED)
"""In which nobody says any more to have the need too."""
