"""Before buying: the needs to join, the solutions and the practices that may already answer, each with the reason.

The rule, printed on the screen: what shares a theme of the need, or two words of its title and summary that few others
of its kind have; what shares more of these comes first, then what is on the same territory, then the alphabet.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.content.vocabulary import REFERENCE_TYPES
from metropole.contributions.suggestions import telling_words
from metropole.core.periods import PeriodState
from metropole.search.documents import document_id
from metropole.search.facets import SOLUTION, TERRITORY_WHOLE
from metropole.search.hits import hits
from metropole.search.listing import Hit
from metropole.search.presets import Preset
from metropole.search.query import Query, clean_text
from metropole.search.registry import vocabulary
from metropole.search.services import Outcome, search
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from ..models import Need

SHOWN = 5
_LOOKED_AT = 30
_WORDS_SHARED = 2
_ALWAYS_FEW, _FEW_IN = 5, 10
"""A word tells something that stands in five documents of a kind at most, or in one of ten of them."""


@dataclass(frozen=True)
class Kind:
    """A kind of answers; ``locked``: which documents these are."""

    label: str | Promise
    explanation: str | Promise
    locked: Mapping[str, tuple[str, ...]]


KINDS = (
    Kind(
        gettext_lazy("Needs to join"),
        gettext_lazy(
            "Other authorities are looking for it now: carry the need with them, or say that you have it too."
        ),
        {"type": ("need",), "status": (PeriodState.OPEN,)},
    ),
    Kind(
        gettext_lazy("Needs that have closed"),
        gettext_lazy("What became of them may tell you enough."),
        {"type": ("need",), "status": (PeriodState.CLOSED,)},
    ),
    Kind(
        gettext_lazy("Solutions of the catalogue"),
        gettext_lazy("They may exist already: ask those who use them."),
        {"type": (SOLUTION,)},
    ),
    Kind(
        gettext_lazy("Practices and other resources"),
        gettext_lazy("Somebody may have done it already, perhaps without buying anything."),
        {"type": tuple(kind for kind in REFERENCE_TYPES if kind != SOLUTION)},
    ),
)


@dataclass(frozen=True)
class Suggestion:
    """A content, why it is shown, and what the author says of it."""

    hit: Hit
    reason: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    kind: Kind
    suggestions: list[Suggestion]


@dataclass
class _Found:
    hit: Hit
    words: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    @property
    def is_close(self) -> bool:
        return bool(self.themes) or len(self.words) >= _WORDS_SHARED

    @property
    def rank(self) -> tuple:
        return -bool(self.themes), -len(self.words), -len(self.themes), not self.places, self.hit.title


def alternatives(need: Need, notes: Mapping[str, str] | None = None) -> list[Group]:
    """What may already answer a need, by kind, as it is typed so far; with these notes, or those that are kept."""
    words = telling_words(clean_text(f"{need.typed.get('title', '')} {need.typed.get('summary', '')}"))
    themes = _slugs(Theme, need.typed.get("themes"))
    places = [slug for slug in _slugs(Territory, need.typed.get("territories")) if slug != TERRITORY_WHOLE]
    if notes is None:
        notes = {row["id"]: row["note"] for row in looked_at(need)}
    own = document_id(need)
    return [
        Group(kind, [Suggestion(found.hit, _reason(found), notes.get(found.hit.id, "")) for found in close])
        for kind in KINDS
        if (close := _close(kind, words, themes, places, own))
    ]


def looked_at(need: Need) -> list[dict[str, str]]:
    """What was shown to the author, and what they said of it: kept with what they typed."""
    rows = need.typed.get("alternatives")
    return rows if isinstance(rows, list) else []


def as_rows(groups: Sequence[Group]) -> list[dict[str, str]]:
    """What is kept of what was shown."""
    return [
        {"id": one.hit.id, "title": one.hit.title, "url": one.hit.url, "reason": one.reason, "note": one.note}
        for group in groups
        for one in group.suggestions
    ]


def _close(
    kind: Kind, words: Sequence[str], themes: Collection[str], places: Collection[str], own: str
) -> list[_Found]:
    found: dict[str, _Found] = {}
    few = max(_ALWAYS_FEW, _search(kind, Query()).result.total // _FEW_IN)
    for word in words:
        outcome = _search(kind, Query(text=word, exact=True))
        for hit in hits(outcome) if outcome.result.total <= few else ():
            found.setdefault(hit.id, _Found(hit)).words.append(word)
    for hit in hits(_search(kind, Query(), {"theme": tuple(themes)})) if themes else ():
        found.setdefault(hit.id, _Found(hit))
    found.pop(own, None)
    for one in found.values():
        one.themes = _shared("theme", themes, (label.value for label in one.hit.themes))
        one.places = _shared("territory", places, (label.value for label in one.hit.territories))
    return sorted((one for one in found.values() if one.is_close), key=lambda one: one.rank)[:SHOWN]


def _search(kind: Kind, query: Query, more: Mapping[str, tuple[str, ...]] | None = None) -> Outcome:
    preset = Preset(path="", locked={**kind.locked, **(more or {})})
    return search(query, preset, counted=(), size=_LOOKED_AT)


def _shared(facet_name: str, own: Collection[str], theirs: Iterator[str]) -> list[str]:
    """What both are filed under; a theme counts for those below it, a territory for its communes."""
    known = vocabulary(facet_name)
    expanded = {*known.expand(list(theirs))} - {TERRITORY_WHOLE}
    return [value for value in own if value in expanded]


def _reason(found: _Found) -> str:
    said = []
    if found.themes:
        said.append(_("same theme (%(names)s)") % {"names": _names("theme", found.themes)})
    if found.words:
        said.append(_("same words (%(words)s)") % {"words": ", ".join(found.words)})
    if found.places:
        said.append(_("same territory (%(names)s)") % {"names": _names("territory", found.places)})
    return capfirst(", ".join(said))


def _names(facet_name: str, values: Sequence[str]) -> str:
    known = vocabulary(facet_name)
    return ", ".join(known.label(value) for value in values)


def _slugs(model: type[Theme] | type[Territory], chosen: Any) -> list[str]:
    keys = [pk for pk in chosen or [] if str(pk).isascii() and str(pk).isdecimal() and len(str(pk)) < 10]
    return list(model.objects.filter(pk__in=keys).order_by("slug").values_list("slug", flat=True)) if keys else []
