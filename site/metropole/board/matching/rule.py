"""Which needs fit what somebody follows: one rule, the same for all, printed on the site (``matching/_rule.html``).

It gives no score and knows nothing of who follows. Whoever changes it changes that text as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from metropole.search.registry import vocabulary
from metropole.search.vocabularies import Vocabulary


class Relation(Enum):
    """How what a need is filed under stands to what is followed."""

    SAME = "same"
    BELOW = "below"
    ABOVE = "above"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Filing:
    """What a need is filed under, or somebody follows: slugs of themes and territories.

    A need without a territory is for the whole métropole; who follows no theme, or no territory, follows all of them.
    """

    themes: frozenset[str]
    territories: frozenset[str]


@dataclass(frozen=True)
class Trees:
    """The themes and territories, each with what lies above it."""

    themes: Vocabulary
    territories: Vocabulary


@dataclass(frozen=True)
class Reason:
    """Why a need fits: what is followed, and what the need is filed under."""

    facet: str
    relation: Relation
    followed: str
    filed: str = ""


def trees() -> Trees:
    """Those of the site, named in the language in use."""
    return Trees(vocabulary("theme"), vocabulary("territory"))


def reasons(followed: Filing, need: Filing, trees: Trees) -> list[Reason]:
    """Why a need fits what is followed; empty where it does not, or where nothing is followed.

    One of the themes followed is a theme of the need, or lies above it. And one of the territories followed is one of
    the need, or lies above or below it; a need of the whole métropole fits them all.
    """
    themes = list(_by_theme(followed.themes, need.themes, trees.themes))
    territories = list(_by_territory(followed.territories, need.territories, trees.territories))
    if (followed.themes and not themes) or (followed.territories and not territories):
        return []
    return themes + territories


def _by_theme(followed: Iterable[str], filed: Iterable[str], tree: Vocabulary) -> Iterator[Reason]:
    for theme in sorted(followed):
        for of_need in sorted(filed):
            if theme == of_need:
                yield Reason("theme", Relation.SAME, theme, of_need)
            elif theme in tree.ancestors(of_need):
                yield Reason("theme", Relation.BELOW, theme, of_need)


def _by_territory(followed: Iterable[str], filed: Iterable[str], tree: Vocabulary) -> Iterator[Reason]:
    for territory in sorted(followed):
        if not filed:
            yield Reason("territory", Relation.EVERYWHERE, territory)
        for of_need in sorted(filed):
            if territory == of_need:
                yield Reason("territory", Relation.SAME, territory, of_need)
            elif territory in tree.ancestors(of_need):
                yield Reason("territory", Relation.BELOW, territory, of_need)
            elif of_need in tree.ancestors(territory):
                yield Reason("territory", Relation.ABOVE, territory, of_need)


def said(found: Iterable[Reason], trees: Trees) -> list[str]:
    """Reasons in words, each once and those of a need of the whole métropole together, in the language of the trees."""
    return list(dict.fromkeys(_said(reason, trees) for reason in _without_repetition(found)))


def in_a_sentence(reasons: Iterable[str]) -> str:
    # Translators: between the reasons for which a need fits; some languages put a space before it.
    separator = _(";")
    return f"{separator} ".join(reasons)


def _without_repetition(found: Iterable[Reason]) -> Iterator[Reason]:
    """Of many territories within one that a need names, or within the métropole, the first says it for all."""
    known = set()
    for reason in found:
        if reason.relation in (Relation.ABOVE, Relation.EVERYWHERE):
            if (reason.relation, reason.filed) in known:
                continue
            known.add((reason.relation, reason.filed))
        yield reason


def _said(reason: Reason, trees: Trees) -> str:
    tree = trees.themes if reason.facet == "theme" else trees.territories
    words = {"followed": tree.label(reason.followed), "filed": tree.label(reason.filed)}
    if reason.facet == "theme":
        if reason.relation == Relation.SAME:
            return _("you follow the theme “%(followed)s”") % words
        return _("you follow the theme “%(followed)s”, which contains “%(filed)s”") % words
    if reason.relation == Relation.SAME:
        return _("you follow the territory “%(followed)s”") % words
    if reason.relation == Relation.BELOW:
        return _("you follow the territory “%(followed)s”, which contains “%(filed)s”") % words
    if reason.relation == Relation.ABOVE:
        return _("you follow the territory “%(followed)s”, and the need is for “%(filed)s”, which contains it") % words
    return _("you follow the territory “%(followed)s”, and the need is for the whole métropole") % words
