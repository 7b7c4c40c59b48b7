"""The minutes and the file of a sourcing as PDF files, made of what is frozen alone."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from metropole.board.models.need import EARLY_CONTACTS
from metropole.core.pdf import pdf_of

from ..models import Opening
from .bundle import Bundle


def minutes_pdf(opening: Opening) -> bytes:
    with override(opening.minutes["language"]):
        return pdf_of(render_to_string("opening/minutes_print.html", minutes_context(opening)))


def minutes_context(opening: Opening) -> dict[str, Any]:
    """The minutes, their instants as such."""
    minutes = opening.minutes
    receipts = [row | {"instant": datetime.fromisoformat(row["at"])} for row in minutes["receipts"]]
    return {
        "opening": opening,
        "minutes": minutes,
        "receipts": receipts,
        "closed_at": datetime.fromisoformat(minutes["closed_at"]),
        "opened_at": datetime.fromisoformat(minutes["opened_at"]),
        "asked_at": datetime.fromisoformat(minutes["asked"]["at"]),
    }


def bundle_pdf(bundle: Bundle, digest: str, receipts: list[dict[str, Any]] | None = None) -> bytes:
    """``receipts``: those of the minutes, for the carriers of the need alone."""
    with override(bundle["language"]):
        context = bundle_context(bundle) | {"digest": digest, "receipts": receipts}
        return pdf_of(render_to_string("opening/bundle_print.html", context))


def bundle_context(bundle: Bundle) -> dict[str, Any]:
    instants = {name: bundle[name] for name in ("published_at", "closed_at", "opened_at", "outcome_at")}
    return {
        "bundle": bundle,
        **{name: datetime.fromisoformat(at) if at else None for name, at in instants.items()},
        "amendments": [row | {"instant": datetime.fromisoformat(row["at"])} for row in bundle["amendments"]],
        "contacts": [
            [column.display(row.get(column.name, "")) for column in EARLY_CONTACTS] for row in bundle["early_contacts"]
        ],
        "contact_labels": [column.label for column in EARLY_CONTACTS],
    }
