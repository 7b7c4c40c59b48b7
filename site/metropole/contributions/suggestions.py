"""What is already on the site close to what somebody is about to write: one may rather add to it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from metropole.content.vocabulary import REFERENCE_TYPES
from metropole.search.analysis import analyzer, words
from metropole.search.documents import document_id, split_id
from metropole.search.hits import hits
from metropole.search.listing import Hit
from metropole.search.presets import Preset
from metropole.search.query import Query, clean_text
from metropole.search.services import search
from metropole.taxonomy.models import Theme

from .kinds import feedback_kind
from .models import Contribution

MOST = 5
_MOST_WORDS = 6
_LOOKED_AT = 20
_THEME_SCORE = 0.5


@dataclass(frozen=True)
class Close:
    """A content, why it is close, and where one adds to it if one can."""

    hit: Hit
    reason: str
    feedback_url: str


@dataclass
class _Found:
    hit: Hit
    shared: list[str] = field(default_factory=list)
    score: float = 0
    has_theme: bool = False


def close_to(contribution: Contribution, title: str | None = None) -> list[Close]:
    """The contents that share words of the title, rare ones above all, and themes; closest first."""
    typed = contribution.title if title is None else title
    asked = telling_words(clean_text(typed))
    found: dict[str, _Found] = {}
    for word in asked:
        outcome = search(Query(text=word, exact=True), _PRESET, counted=(), size=_LOOKED_AT)
        for hit in hits(outcome):
            known = found.setdefault(hit.id, _Found(hit))
            known.shared.append(word)
            known.score += 1 / (1 + math.log1p(outcome.result.total))
    themes = _themes(contribution)
    for known in found.values():
        known.has_theme = not themes.isdisjoint(theme.value for theme in known.hit.themes)
        known.score += _THEME_SCORE if known.has_theme else 0
    own = document_id(contribution.page.specific) if contribution.page_id else ""
    close = [known for key, known in found.items() if key != own and _is_close(known, asked)]
    closest = sorted(close, key=lambda known: -known.score)[:MOST]
    return [Close(known.hit, _reason(known), url) for known, url in zip(closest, _feedback_urls(closest), strict=True)]


_PRESET = Preset(path="", locked={"type": REFERENCE_TYPES})


def telling_words(title: str) -> list[str]:
    """The words of a title that are no stop words, each once, the longest if there are many."""
    analysis = analyzer(settings.LANGUAGE_CODE)
    telling = {token: word for word in words(title) if (token := analysis.token(word)) and len(word) > 2}
    return sorted(telling.values(), key=len, reverse=True)[:_MOST_WORDS]


def _themes(contribution: Contribution) -> set[str]:
    chosen = [pk for pk in contribution.data.get("themes", []) if str(pk).isdecimal()]
    return set(Theme.objects.filter(pk__in=chosen).values_list("slug", flat=True)) if chosen else set()


def _is_close(known: _Found, asked: list[str]) -> bool:
    return len(known.shared) >= min(2, len(asked)) or (known.has_theme and bool(known.shared))


def _reason(known: _Found) -> str:
    said = _("Same words: %(words)s") % {"words": ", ".join(known.shared)}
    return " – ".join([said, _("Same theme")]) if known.has_theme else said


def _feedback_urls(closest: Iterable[_Found]) -> list[str]:
    """Where one adds one's own feedback to each content; empty where one cannot."""
    keys = [split_id(known.hit.id) for known in closest]
    pages = {str(page.pk): page for page in Page.objects.live().public().filter(pk__in=[pk for _label, pk in keys])}
    return [_feedback_url(pages.get(pk)) for _label, pk in keys]


def _feedback_url(page: Page | None) -> str:
    if page is None or feedback_kind(page) is None:
        return ""
    return f"{reverse('contributions:new')}?about={page.pk}"
