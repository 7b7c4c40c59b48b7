from django.utils.translation import gettext_lazy as _

from metropole.core.lifecycle import Lifecycle, Transition

from .enums import ShortlistState as State

LIFECYCLE = Lifecycle(
    "catalogue.shortlist",
    (Transition("lock", (State.DRAFT,), State.LOCKED, "shortlist.edit", _("lock a shortlist")),),
)
