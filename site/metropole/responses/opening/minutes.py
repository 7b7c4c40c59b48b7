"""The minutes of an opening: what was there at that instant, said by numbers and SHA-256 alone."""

import datetime as dt
import hashlib
from typing import Any

from django.utils.translation import get_language

from metropole.board.models import Need

from ..enums import ReceiptKind
from ..models import Opening, Receipt, Response
from ..sealing import as_bytes
from .panel import deposited

VERSION = 1
Minutes = dict[str, Any]


def minutes_of(need: Need, opening: Opening) -> Minutes:
    """Neither drafts nor what was withdrawn is in it, nor anybody's name: the receipts say what was handed in when."""
    return {
        "version": VERSION,
        "language": get_language(),
        "need": {"title": need.name, "slug": need.slug, "organisation": need.organisation.name},
        "closed_at": need.closes_at.isoformat(),
        "opened_at": opening.confirmed_at.isoformat(),
        "asked": _said(opening.asked_for, opening.asked_at, opening.statement),
        "confirmed": _said(opening.confirmed_for, opening.confirmed_at, opening.second_statement),
        "receipts": sorted((_receipt(response) for response in deposited(need)), key=lambda one: one["number"]),
    }


def digest_of(minutes: Minutes) -> str:
    return hashlib.sha256(as_bytes(minutes)).hexdigest()


def _said(organisation: Any, at: dt.datetime, statement: str) -> dict[str, str]:
    return {"organisation": organisation.name if organisation else "", "at": at.isoformat(), "statement": statement}


def _receipt(response: Response) -> dict[str, Any]:
    last: Receipt | None = response.receipts.exclude(kind=ReceiptKind.WITHDRAWN).order_by("-at").first()
    return {
        "number": last.number if last else "",
        "at": response.submitted_at.isoformat(),
        "version": response.version,
        "digest": response.digest,
        "files": last.files if last else [],
    }
