"""The file of a sourcing: all that passed between an authority and the market in the open, in one piece."""

import hashlib
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from metropole.board.enums import AmendmentState, NeedMode, QuestionState
from metropole.board.lifecycle.effects import original_text
from metropole.board.models import Need
from metropole.board.publishing.changes import publicly_shown
from metropole.core.versions import absolute

from ..sealing import as_bytes

VERSION = 1
Bundle = dict[str, Any]


def bundle_of(need: Need, *, synthesis: str = "", count: int | None = None) -> Bundle:
    """In the need's own language; without the name of who has responded or asked anything."""
    with override(need.language):
        text = original_text(need)
        return {
            "version": VERSION,
            "language": need.language,
            "title": text.title,
            "summary": text.summary,
            "organisation": need.organisation.name,
            "co_carriers": [one.name for one in need.carriers if one.pk != need.organisation_id],
            "mode": str(NeedMode(need.mode).label),
            "address": absolute(need.get_absolute_url()),
            "published_at": need.published_at.isoformat(),
            "closed_at": need.closes_at.isoformat(),
            "opened_at": need.opened_at.isoformat() if need.opened_at else "",
            "sections": [{"label": str(one.label), "html": str(one.html)} for one in text.sections if one.is_known],
            "essential": text.essential,
            "desirable": text.desirable,
            "amendments": _amendments(need),
            "questions": _questions(need),
            "early_contacts": need.early_contacts,
            "no_early_contacts": need.no_early_contacts,
            "synthesis": synthesis,
            "outcome": str(need.get_outcome_display()) if need.outcome else "",
            "outcome_at": need.outcome_at.isoformat() if need.outcome_at else "",
            "reason": need.outcome_reason,
            "url": need.outcome_url,
            "count": count,
        }


def digest_of(bundle: Bundle) -> str:
    return hashlib.sha256(as_bytes(bundle)).hexdigest()


def _amendments(need: Need) -> list[Bundle]:
    found = need.amendments.filter(state=AmendmentState.PUBLISHED)
    return [
        {
            "number": one.number,
            "kind": str(one.get_kind_display()),
            "at": one.decided_at.isoformat(),
            "reason": one.reason,
            "changes": [_change(row, need) for row in one.changes if isinstance(row, dict)],
        }
        for one in found
    ]


def _change(row: dict[str, Any], need: Need) -> str:
    """As the need's page says it: what is not public there is not told here either."""
    difference = publicly_shown(row, need).difference
    words = {
        "field": difference.label,
        "old": _plain(difference.before) or _("nothing"),
        "new": _plain(difference.after) or _("nothing"),
    }
    return _("%(field)s: %(old)s → %(new)s") % words


def _plain(html: str) -> str:
    return unescape(strip_tags(html))


def _questions(need: Need) -> list[Bundle]:
    found = need.questions.filter(state=QuestionState.PUBLISHED).order_by("published_at")
    return [
        {
            "question": one.published_text,
            "answer": one.answer,
            "correction": one.correction,
            "at": one.published_at.isoformat(),
        }
        for one in found
    ]
