"""No need names a brand without "or equivalent" after it."""

import pytest

from metropole.board.lifecycle.services import refusals
from metropole.board.publishing.brands import brands_in, names
from metropole.organisations.enums import OrganisationKind
from tests.factories import NeedFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Comme Lumineo.", ["Lumineo"]),
        ("Comme Lumineo ou équivalent.", []),
        ("Comme Lumineo, OU TOUT ÉQUIVALENT.", []),
        ("Such as Lumineo or an equivalent.", []),
        ("Comme Lumineo. Ou équivalent.", ["Lumineo"]),
        ("Ou équivalent, comme Lumineo.", ["Lumineo"]),
        ("Lumineo\nou équivalent", ["Lumineo"]),
        ("Des lumineos, du lumineo, Lumineosité.", []),
        ("Un Robotix® qui roule.", ["Robotix®"]),
        ("Un Robotix ™ ou équivalent.", []),
        ("Lumineo puis Lumineo.", ["Lumineo"]),
    ],
)
def test_a_brand_is_named_where_no_equivalent_follows_in_its_sentence(words, found):
    assert brands_in(words, ["Lumineo"]) == found


def test_carriers_are_brands_but_authorities_and_very_short_names_are_not():
    OrganisationFactory(name="Lumineo", kind=OrganisationKind.SME)
    OrganisationFactory(name="Sol", kind=OrganisationKind.SME)
    OrganisationFactory(name="Pantin", commune=True)
    assert "Lumineo" in names()
    assert names().isdisjoint({"Sol", "Pantin"})


@pytest.mark.parametrize("field", ["title", "summary", "problem", "essential_criteria"])
def test_a_need_that_names_a_brand_is_not_published_and_the_brand_is_said(moderator, field):
    OrganisationFactory(name="Lumineo", kind=OrganisationKind.SME)
    words = "<p>Comme Lumineo.</p>" if field == "problem" else "Comme Lumineo."
    need = NeedFactory(in_review=True, **{field: words})
    assert any("Lumineo" in why for why in refusals(need, "publish", moderator))
    assert not refusals(NeedFactory(in_review=True), "publish", moderator)
