"""What the database itself keeps as it is."""

from metropole.core.guards import never_changed

from .models import ChecklistEntry

ENTRY = ("group_id", "item", "state", "done_on", "note", "organisation_id", "said_at")
"""All but who said it: a closed account keeps no name."""

guard_checklist = never_changed(
    ChecklistEntry,
    "kept",
    "what was said of a checklist is never changed",
    {"sqlite": "1", "postgresql": "true"},
    ENTRY,
)
