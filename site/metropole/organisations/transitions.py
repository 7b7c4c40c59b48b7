"""How a membership and the verification of an organisation go on, as tables."""

from django.utils.translation import gettext_lazy as _

from metropole.core.lifecycle import Lifecycle, Transition

from .enums import MembershipState, Verification

ASKED, ACTIVE, REFUSED, LEFT, REMOVED = MembershipState
WAITING, VERIFIED, NOT_VERIFIED = Verification

MEMBERSHIPS = Lifecycle(
    "organisations.membership",
    (
        Transition("join", (ASKED,), ACTIVE, None, _("a person joins by their address or an invitation")),
        Transition("accept", (ASKED,), ACTIVE, "membership.decide", _("a request to join is accepted")),
        Transition(
            "refuse", (ASKED,), REFUSED, "membership.decide", _("a request to join is refused"), needs_reason=True
        ),
        Transition("withdraw", (ASKED,), LEFT, "membership.leave", _("a request to join is taken back")),
        Transition("leave", (ACTIVE,), LEFT, "membership.leave", _("a member leaves")),
        Transition("end", (ASKED, ACTIVE), LEFT, None, _("a membership ends with its account")),
        Transition("remove", (ACTIVE,), REMOVED, "membership.remove", _("a member is removed"), needs_reason=True),
    ),
)

VERIFICATIONS = Lifecycle(
    "organisations.organisation",
    (
        Transition(
            "verify", (WAITING, NOT_VERIFIED), VERIFIED, "organisation.verify", _("an organisation is verified")
        ),
        Transition(
            "refuse",
            (WAITING, VERIFIED),
            NOT_VERIFIED,
            "organisation.verify",
            _("the verification of an organisation is refused"),
            needs_reason=True,
        ),
        Transition(
            "resubmit",
            (VERIFIED, NOT_VERIFIED),
            WAITING,
            "organisation.manage",
            _("an organisation waits for its verification again"),
        ),
    ),
    state_field="verification",
)
