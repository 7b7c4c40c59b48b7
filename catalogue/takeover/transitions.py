"""How a request for a sheet goes on, as a table."""

from django.utils.translation import gettext_lazy as _

from metropole.core.audit import register_action
from metropole.core.lifecycle import Lifecycle, Transition

from .enums import TakeoverState

ASK = "catalogue.takeover.ask"
register_action(ASK, _("an organisation says that a sheet is of its own solution"))

ASKED, ACCEPTED, REFUSED, WITHDRAWN = TakeoverState
# fmt: off
TAKEOVERS = Lifecycle("catalogue.takeover", (
    Transition("accept", (ASKED,), ACCEPTED, "takeover.decide", _("a sheet is given to its publisher")),
    Transition("refuse", (ASKED,), REFUSED, "takeover.decide", _("a request for a sheet is refused"),
               needs_reason=True),
    Transition("withdraw", (ASKED,), WITHDRAWN, "takeover.withdraw", _("a request for a sheet is taken back")),
))
# fmt: on
