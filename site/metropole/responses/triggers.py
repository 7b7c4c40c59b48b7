"""What the database itself keeps as it is."""

from metropole.core.guards import Refusal, never_changed

from .models import Receipt, Response

_KEPT = ("number", "response_id", "kind", "at", "version", "digest", "files")
"""All but who did it: a closed account keeps no name."""
_ALWAYS = {"sqlite": "1", "postgresql": "true"}
_NEVER = {"sqlite": "0", "postgresql": "false"}

GUARDS = (never_changed(Receipt, "kept", "a receipt is never changed", _ALWAYS, _KEPT),)

_LATE = """
NEW.submitted_at IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM board_need WHERE id = NEW.need_id AND NEW.submitted_at < closes_at)
"""
_OTHER = {"sqlite": "{new} IS NOT {old}", "postgresql": "{new} IS DISTINCT FROM {old}"}
_AGO = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now', '-2 minutes')",
    "postgresql": "clock_timestamp() - interval '2 minutes'",
}
"""A deposit that came in time may be written down a moment after the closing: the clock was read before."""


def _changes(vendor: str, *columns: str) -> str:
    """Whether one of the columns is changed, in the SQL of a kind of database."""
    return " OR ".join(_OTHER[vendor].format(new=f"NEW.{column}", old=f"OLD.{column}") for column in columns)


def _rewritten(vendor: str) -> str:
    """What was handed in is another after the closing; it may be sealed with a new key, and erased when it is due."""
    return f"""
    EXISTS (SELECT 1 FROM board_need WHERE id = OLD.need_id AND closes_at <= {_AGO[vendor]})
    AND NOT (OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL)
    AND ({_changes(vendor, "digest", "version", "submitted_at")}
         OR (OLD.deposited IS NULL) <> (NEW.deposited IS NULL))
    """  # noqa: S608 - made of the code's own parts


REFUSALS = (
    Refusal(
        Response,
        "in_time",
        "a response is deposited before its need closes",
        dict.fromkeys(_OTHER, _LATE),
        {vendor: f"{_LATE} AND ({_changes(vendor, 'submitted_at', 'need_id')})" for vendor in _OTHER},
    ),
    Refusal(
        Response,
        "as_deposited",
        "what was deposited stays as it is once its need has closed",
        _NEVER,
        {vendor: _rewritten(vendor) for vendor in _OTHER},
    ),
)
