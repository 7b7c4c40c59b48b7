"""The rule by which needs fit, held against one that asks of each pair whether a path leads from one to the other."""

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metropole.board.matching.rule import Filing, Reason, Relation, Trees, reasons, said
from metropole.search.vocabularies import Term, Vocabulary

by_any_trees = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.integers(min_value=0, max_value=9).map(lambda number: f"n{number}")
SOME = st.frozensets(NAMES, max_size=4)


@st.composite
def parents(draw) -> dict[str, str | None]:
    """Any forest: each node hangs below one of those before it, or below none."""
    size = draw(st.integers(min_value=1, max_value=10))
    above = [draw(st.none() | st.integers(0, number - 1)) if number else None for number in range(size)]
    return {f"n{number}": None if parent is None else f"n{parent}" for number, parent in enumerate(above)}


def tree(above: dict[str, str | None]) -> Vocabulary:
    return Vocabulary([Term(value, value.upper(), parent) for value, parent in above.items()])


def is_below(one: str, other: str, above: dict[str, str | None]) -> bool:
    """Whether one is the other, or a path leads up from it to the other."""
    while one is not None and one != other:
        one = above.get(one)
    return one == other


def fits(followed: Filing, need: Filing, themes: dict, territories: dict) -> bool:
    """The rule as it is printed, by trying every pair."""
    if not followed.themes and not followed.territories:
        return False
    by_theme = not followed.themes or any(
        is_below(of_need, theme, themes) for theme in followed.themes for of_need in need.themes
    )
    by_territory = (
        not followed.territories
        or not need.territories
        or any(
            is_below(of_need, territory, territories) or is_below(territory, of_need, territories)
            for territory in followed.territories
            for of_need in need.territories
        )
    )
    return by_theme and by_territory


@by_any_trees
@given(st.builds(Filing, SOME, SOME), st.builds(Filing, SOME, SOME), parents(), parents())
def test_a_need_fits_exactly_where_the_printed_rule_says_so(followed, need, themes, territories):
    found = reasons(followed, need, Trees(tree(themes), tree(territories)))
    assert bool(found) == fits(followed, need, themes, territories)


@by_any_trees
@given(st.builds(Filing, SOME, SOME), st.builds(Filing, SOME, SOME), parents(), parents())
def test_each_reason_is_true_and_each_facet_that_is_followed_has_one(followed, need, themes, territories):
    known = Trees(tree(themes), tree(territories))
    found = reasons(followed, need, known)
    for reason in found:
        above = themes if reason.facet == "theme" else territories
        assert reason.followed in (followed.themes if reason.facet == "theme" else followed.territories)
        match reason.relation:
            case Relation.SAME:
                assert reason.followed == reason.filed
            case Relation.BELOW:
                assert is_below(reason.filed, reason.followed, above)
            case Relation.ABOVE:
                assert reason.facet == "territory"
                assert is_below(reason.followed, reason.filed, above)
            case Relation.EVERYWHERE:
                assert not need.territories
    if found:
        wanted = {"theme"} if followed.themes else set()
        wanted |= {"territory"} if followed.territories else set()
        assert {reason.facet for reason in found} == wanted
        assert said(found, known)


@by_any_trees
@given(SOME, SOME, SOME, parents(), parents())
def test_who_follows_more_territories_is_told_of_no_less(themes, fewer, more, above, territories):
    known, need = Trees(tree(above), tree(territories)), Filing(themes, more)
    if fewer and reasons(Filing(themes, fewer), need, known):
        assert reasons(Filing(themes, fewer | more), need, known)


KNOWN = Trees(
    Vocabulary([Term("ville", "Ville"), Term("ombre", "Ombre", "ville"), Term("eau", "Eau")]),
    Vocabulary(
        [
            Term("metropole", "Métropole"),
            Term("est", "Est Ensemble", "metropole"),
            Term("bondy", "Bondy", "est"),
            Term("pantin", "Pantin", "est"),
            Term("paris", "Paris", "metropole"),
        ]
    ),
)


def filing(themes: str = "", territories: str = "") -> Filing:
    return Filing(frozenset(themes.split()), frozenset(territories.split()))


@pytest.mark.parametrize(
    ("followed", "need", "expected"),
    [
        (filing("ville"), filing("ville", "bondy"), ["you follow the theme “Ville”"]),
        (filing("ville"), filing("ombre"), ["you follow the theme “Ville”, which contains “Ombre”"]),
        (filing("ombre"), filing("ville"), []),
        (filing("eau"), filing("ombre"), []),
        (filing("ville"), filing(), []),
        (filing("", "bondy"), filing("eau", "bondy"), ["you follow the territory “Bondy”"]),
        (filing("", "est"), filing("", "bondy"), ["you follow the territory “Est Ensemble”, which contains “Bondy”"]),
        (
            filing("", "bondy pantin"),
            filing("", "est"),
            ["you follow the territory “Bondy”, and the need is for “Est Ensemble”, which contains it"],
        ),
        (
            filing("", "bondy paris"),
            filing("eau"),
            ["you follow the territory “Bondy”, and the need is for the whole métropole"],
        ),
        (
            filing("", "paris"),
            filing("", "metropole"),
            ["you follow the territory “Paris”, and the need is for “Métropole”, which contains it"],
        ),
        (filing("", "paris"), filing("", "bondy"), []),
        (filing("ville", "paris"), filing("ombre", "bondy"), []),
        (
            filing("ville eau", "bondy"),
            filing("ombre", "bondy"),
            ["you follow the theme “Ville”, which contains “Ombre”", "you follow the territory “Bondy”"],
        ),
        (filing(), filing("ville", "bondy"), []),
    ],
)
def test_the_reason_is_said(followed, need, expected):
    with override("en"):
        assert said(reasons(followed, need, KNOWN), KNOWN) == expected


def test_reasons_are_values_that_are_said_once():
    twice = [Reason("theme", Relation.SAME, "ville", "ville")] * 2
    assert len(said(twice, KNOWN)) == 1
