from metropole.core.guards import never_changed

from .models import LegalText

guard_legal_texts = never_changed(
    LegalText,
    "in_force",
    "a legal text in force is never changed",
    {
        "sqlite": "OLD.effective_at <= strftime('%Y-%m-%d %H:%M:%f', 'now')",
        "postgresql": "OLD.effective_at <= now()",
    },
)
