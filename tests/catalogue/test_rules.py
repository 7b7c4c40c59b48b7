"""What a sheet may not say at once, in a form, in the admin and in the database."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from catalogue.enums import AiActClass, AnnexIIICase
from catalogue.models import SolutionPage
from catalogue.sheet.rules import contradictions, unproven_words
from tests.factories import SolutionPageFactory

DAY = dt.date(2026, 3, 1)


def refused(**fields) -> set[str]:
    return set(contradictions(SolutionPage(**fields)))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ai_act_class": "high_risk"}, "annex_iii_case"),
        ({"ai_act_class": "minimal", "annex_iii_case": "4a"}, "annex_iii_case"),
        ({"ai_act_class": "minimal", "individual_decision": True}, "ai_act_class"),
        ({"ai_act_class": "minimal", "contains_ai": False}, "ai_act_class"),
        ({"kind": "ai", "contains_ai": False}, "contains_ai"),
        ({"contains_ai": False, "ai_models": [{"name": "Modèle"}]}, "ai_models"),
        ({"individual_decision": False, "automation": "full"}, "automation"),
        ({"started_on": DAY, "ended_on": DAY - dt.timedelta(days=1)}, "ended_on"),
        ({"ended_on": DAY, "status": "in_service"}, "ended_on"),
        ({"security_tested_on": dt.date(2200, 1, 1)}, "security_tested_on"),
        ({"prices": [{"stratum": "under_10k", "lowest": "900", "highest": "300"}]}, "prices"),
        ({"prices": [{"stratum": "under_10k", "lowest": "-1"}]}, "prices"),
        ({"spdx": "La licence du voisin"}, "spdx"),
        ({"spdx": "MIT OR"}, "spdx"),
        ({"spdx": "MIT", "licensing": "proprietary"}, "spdx"),
    ],
)
def test_a_contradiction_is_refused_at_its_field(said, field):
    assert refused(**said) == {field}


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"ai_act_class": "high_risk", "annex_iii_case": "4a", "individual_decision": True},
        {"ai_act_class": "out_of_scope", "contains_ai": False},
        {"status": "stopped", "started_on": DAY, "ended_on": DAY},
        {
            "prices": [
                {"stratum": "under_10k", "lowest": "300", "highest": "900"},
                {"stratum": "over_100k", "lowest": "5"},
            ]
        },
        {"spdx": "AGPL-3.0-or-later", "licensing": "open"},
        {"spdx": "MIT OR Apache-2.0"},
    ],
)
def test_what_does_not_contradict_itself_passes(said):
    assert refused(**said) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [
        {"ai_act_class": "high_risk"},
        {"annex_iii_case": "4a"},
        {"ai_act_class": "minimal", "individual_decision": True},
        {"started_on": DAY, "ended_on": DAY - dt.timedelta(days=1)},
        {"maturity": 12},
    ],
)
def test_the_database_refuses_it_as_well(said):
    page = SolutionPageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SolutionPage.objects.filter(pk=page.pk).update(**said)


@pytest.mark.django_db
def test_a_page_with_a_contradiction_is_not_valid():
    page = SolutionPageFactory()
    page.ai_act_class = AiActClass.HIGH_RISK
    with pytest.raises(ValidationError) as raised:
        page.full_clean()
    assert set(raised.value.message_dict) >= {"annex_iii_case"}


@given(
    st.sampled_from(["", *AiActClass.values]),
    st.sampled_from(["", *AnnexIIICase.values]),
    st.sampled_from([None, True, False]),
)
def test_only_high_risk_has_a_case_and_minimal_risk_decides_nothing(ai_class, case, decides):
    found = refused(ai_act_class=ai_class, annex_iii_case=case, individual_decision=decides)
    assert ("annex_iii_case" in found) == ((ai_class == "high_risk") != bool(case))
    assert ("ai_act_class" in found) == (ai_class == "minimal" and decides is True)


@pytest.mark.parametrize("word", ["souveraine", "Souverain", "frugale", "éthique", "sovereign", "ethical"])
def test_a_word_that_sells_needs_its_evidence(word):
    assert set(unproven_words(SolutionPage(summary=f"Une solution {word} pour la ville."))) == {"summary"}


def test_with_its_evidence_the_word_stays():
    proof = {"field": "quality:sovereign", "title": "Certificat", "place": "https://exemple.fr/secnumcloud"}
    assert unproven_words(SolutionPage(summary="Un hébergement souverain.", evidence=[proof])) == {}


def test_a_word_that_only_looks_like_one_stays():
    assert unproven_words(SolutionPage(summary="Le cybersouverainisme, la méthique.", title="Fruga")) == {}
