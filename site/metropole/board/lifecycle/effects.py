"""What each step writes down on the need itself."""

import datetime as dt
import hashlib
import json

from django.utils.text import slugify

from ..enums import Outcome
from ..models import Need, NeedText
from .attempts import Attempt
from .registry import register_effect

LONGEST_SLUG = 60
RESERVED_SLUGS = ("rules", "regles", "purchases", "achats")
"""Addresses below the board that are no need's."""


@register_effect("submit")
def submitted(attempt: Attempt) -> None:
    attempt.need.submitted_at = attempt.now


@register_effect("give_back")
def given_back(attempt: Attempt) -> None:
    need = attempt.need
    need.submitted_at, need.returned_at, need.return_reason = None, attempt.now, attempt.reason


@register_effect("publish")
def published(attempt: Attempt) -> None:
    need = attempt.need
    original = original_text(need)
    need.published_at, need.slug = attempt.now, free_slug(need, original.title)
    original.live, original.has_unpublished_changes = True, False
    original.first_published_at = original.last_published_at = attempt.now
    original.save()
    need.digest = digest(need)


@register_effect("ask_withdrawal")
def withdrawal_asked(attempt: Attempt) -> None:
    attempt.need.withdrawal_asked_at, attempt.need.withdrawal_reason = attempt.now, attempt.reason


@register_effect("withdraw")
def withdrawn(attempt: Attempt) -> None:
    attempt.need.withdrawn_at = attempt.now


@register_effect("open_responses")
def opened(attempt: Attempt) -> None:
    attempt.need.opened_at = attempt.now


@register_effect("adopt", "publish_synthesis", "find_none_suitable", "abandon", "launch_consultation")
def ended(attempt: Attempt) -> None:
    need = attempt.need
    need.outcome, need.outcome_at = Outcome(attempt.step.target.value), attempt.now
    need.outcome_reason, need.outcome_url = attempt.reason, attempt.details.get("url", "")


@register_effect("clear_outcome")
def outcome_cleared(attempt: Attempt) -> None:
    need = attempt.need
    need.outcome, need.outcome_at, need.outcome_reason, need.outcome_url = "", None, "", ""
    need.outcome_cleared_at = attempt.now


@register_effect("archive")
def archived(attempt: Attempt) -> None:
    attempt.need.archived_at = attempt.now


@register_effect("merge")
def merged(attempt: Attempt) -> None:
    attempt.need.merged_into, attempt.need.merged_at = attempt.details["into"], attempt.now


@register_effect("unmerge")
def unmerged(attempt: Attempt) -> None:
    attempt.need.merged_into, attempt.need.merged_at = None, None


def original_text(need: Need) -> NeedText:
    """A need's own words, published or not. Raises NeedText.DoesNotExist."""
    return need.texts.select_related("locale").get(locale__language_code=need.language)


def free_slug(need: Need, title: str) -> str:
    """An address that no other need has."""
    stem = slugify(title)[:LONGEST_SLUG].strip("-") or "besoin"
    taken = {*Need.objects.exclude(pk=need.pk).filter(slug__startswith=stem).values_list("slug", flat=True)}
    slugs = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in slugs if slug not in taken and slug not in RESERVED_SLUGS)


def digest(need: Need) -> str:
    """SHA-256 of what is published in the authority's own words, and of the facts that bind it."""
    text = original_text(need)
    said = {name: getattr(text, name) for name in NeedText.word_fields}
    closes_at = need.closes_at.astimezone(dt.UTC).isoformat()
    said |= {"mode": need.mode, "weightings": need.weightings, "closes_at": closes_at}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
