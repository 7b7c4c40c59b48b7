"""The copy that a shortlist keeps once it is locked: its own words, and the sheets as they were that minute."""

import datetime as dt
import json
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from metropole.core.versions import absolute
from metropole.organisations.models import Organisation

from ..comparison.choosing import in_reader_language
from ..models import SolutionPage
from ..sheet.completeness import completeness
from ..sheet.groups import GROUPS, QUALITY
from ..sheet.plain import plain_text
from ..sheet.reading import Entry, Standing, entries_of_many
from .models import Shortlist, ShortlistedSolution

VERSION = 1
"""Of the copy's shape: what reads copies reads all versions that were ever made."""
Copy = dict[str, Any]


def day_of(instant: str) -> dt.date | None:
    """The day of an instant as a copy holds it; None where it holds none."""
    return timezone.localdate(dt.datetime.fromisoformat(instant)) if instant else None


def copy_of(shortlist: Shortlist) -> Copy:
    """All that the report says, in the language of who locks it."""
    considered = list(shortlist.considered.all())
    pages = in_reader_language({one.solution_key for one in considered})
    entries = dict(zip(pages, entries_of_many(list(pages.values())), strict=True))
    return {
        "version": VERSION,
        "language": get_language(),
        "locked_at": shortlist.locked_at.isoformat(),
        "organisation": _organisation(shortlist.organisation),
        "title": shortlist.title,
        "need": shortlist.need,
        "criteria": [line.strip() for line in shortlist.criteria.splitlines() if line.strip()],
        "solutions": [
            _solution(one, pages.get(one.solution_key), entries.get(one.solution_key, {})) for one in considered
        ],
    }


def written(content: Copy) -> bytes:
    """The copy as bytes, always the same for the same copy."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: Copy) -> str:
    return sha256(written(content)).hexdigest()


def _organisation(organisation: Organisation) -> Copy:
    return {"name": str(organisation), "siret": organisation.siret or "", "siren": organisation.siren or ""}


def _solution(considered: ShortlistedSolution, page: SolutionPage | None, entries: dict[str, Entry]) -> Copy:
    own = {"title": considered.title, "verdict": considered.verdict, "reason": considered.reason.strip()}
    if page is None:
        # Its sheet is not published any more: what was decided about it still counts.
        return own | {"sheet": None}
    filled = completeness(page)
    return own | {
        "title": page.title,
        "sheet": {
            "address": absolute(page.url),
            "language": page.language,
            "published_at": page.last_published_at.isoformat() if page.last_published_at else "",
            "summary": page.summary,
            "filled": filled.filled,
            "applicable": filled.applicable,
            "groups": [
                {"name": group.name, "label": str(group.label), "fields": _fields(group.fields, entries)}
                for group in GROUPS
            ],
        },
    }


def _fields(names: tuple[str, ...], entries: dict[str, Entry]) -> list[Copy]:
    return [_field(entries[key]) for name in names for key in _keys(name, entries)]


def _keys(name: str, entries: dict[str, Entry]) -> list[str]:
    """Each quality that is claimed is a claim of its own."""
    claimed = [key for key in entries if key.startswith(QUALITY)] if name == "qualities" else []
    return claimed or ([name] if name in entries else [])


def _field(entry: Entry) -> Copy:
    return {
        "name": entry.name,
        "label": str(entry.label),
        "value": plain_text(entry),
        "evidence": [{"title": proof.title, "address": proof.url, "date": proof.date} for proof in entry.evidence],
        **_standing(entry.standing),
    }


def _standing(standing: Standing | None) -> Copy:
    if standing is None:
        return {"level": "", "level_label": "", "said_by": "", "said_at": "", "confirmed_by": []}
    return {
        "level": standing.level.value,
        "level_label": str(standing.level.label),
        "said_by": str(standing.said_by or ""),
        "said_at": standing.said_at.isoformat() if standing.said_at else "",
        "confirmed_by": [str(organisation) for organisation in standing.confirmed_by],
    }
