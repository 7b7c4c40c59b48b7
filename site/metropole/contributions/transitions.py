from django.utils.translation import gettext_lazy as _

from metropole.core.lifecycle import Lifecycle, Transition

from .enums import ContributionState as State

LIFECYCLE = Lifecycle(
    "contributions.contribution",
    (
        Transition("send", (State.WRITING,), State.SENT, "contribution.submit", _("send a contribution")),
        Transition("reopen", (State.SENT,), State.WRITING, "contribution.edit", _("take a contribution up again")),
    ),
)
