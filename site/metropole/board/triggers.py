"""What the database itself keeps as it is."""

from metropole.core.guards import never_changed

from .models import NeedEvent, Question

EVENT = ("need_id", "action", "at", "organisation_id", "reason", "before", "after", "details")
"""All but who did it: a closed account keeps no name."""
PAIR = ("need_id", "state", "text", "published_text", "answer", "published_at")
_ALWAYS = {"sqlite": "1", "postgresql": "true"}

guard_events = never_changed(NeedEvent, "kept", "a step of a need is never changed", _ALWAYS, EVENT)
guard_questions = never_changed(
    Question,
    "published",
    "a published question is corrected, never changed",
    dict.fromkeys(("sqlite", "postgresql"), "OLD.state = 'published'"),
    PAIR,
)
guard_corrections = never_changed(
    Question,
    "corrected",
    "a correction is dated, and never changed",
    dict.fromkeys(("sqlite", "postgresql"), "OLD.correction <> ''"),
    ("correction", "corrected_at"),
)
