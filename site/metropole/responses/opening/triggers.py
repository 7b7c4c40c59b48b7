"""What the database itself keeps of openings and outcomes."""

from metropole.core.guards import never_changed

from .models import Conclusion, Opening

_MINUTES = (
    "need_id", "asked_for_id", "asked_at", "statement", "confirmed_for_id", "confirmed_at", "second_statement",
    "minutes", "digest",
)  # fmt: skip
"""All but who did it: a closed account keeps no name."""
_FROZEN = (
    "need_id", "outcome", "at", "responses_count", "route", "threshold_id", "amount", "innovation_reason", "synthesis",
    "is_repeat_confirmed", "veto_answers", "said", "bundle", "digest",
)  # fmt: skip
"""All but that it was taken back."""

GUARDS = (
    never_changed(
        Opening,
        "minutes",
        "the minutes of an opening are never changed",
        dict.fromkeys(("sqlite", "postgresql"), "OLD.digest <> ''"),
        _MINUTES,
    ),
    never_changed(
        Conclusion,
        "frozen",
        "what stands behind an outcome is never changed",
        {"sqlite": "1", "postgresql": "true"},
        _FROZEN,
    ),
)
