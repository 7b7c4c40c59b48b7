"""What the database itself keeps as it is."""

from metropole.core.guards import never_changed

from .models import Receipt

_KEPT = ("number", "response_id", "kind", "at", "version", "digest", "files")
"""All but who did it: a closed account keeps no name."""
_ALWAYS = {"sqlite": "1", "postgresql": "true"}

GUARDS = (never_changed(Receipt, "kept", "a receipt is never changed", _ALWAYS, _KEPT),)
