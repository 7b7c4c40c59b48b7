from metropole.core.guards import never_changed

from .models import Shortlist

KEPT = ("id", "organisation_id", "title", "need", "criteria", "state", "created_at", "locked_at", "content", "digest")
"""All but who drew it up: a closed account keeps no name."""

guard_shortlists = never_changed(
    Shortlist,
    "locked",
    "a locked shortlist is never changed",
    dict.fromkeys(("sqlite", "postgresql"), "OLD.state = 'locked'"),
    KEPT,
)
