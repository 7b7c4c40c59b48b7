"""What the law asks of a commune, by date, from what a sheet says."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from catalogue.law.duties import duties
from catalogue.law.loading import load_law
from catalogue.models import LegalDuty
from tests.factories import SolutionPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _law():
    load_law()


def codes(today=dt.date(2026, 11, 21), **said) -> list[tuple[str, bool]]:
    return [(duty.law.code, duty.holds) for duty in duties(SolutionPageFactory(**said), today)]


def test_nothing_follows_from_what_a_sheet_does_not_say():
    assert codes() == []
    assert codes(contains_ai=False, personal_data=False) == []


def test_high_risk_brings_duties_of_which_some_do_not_hold_yet():
    said = {"contains_ai": True, "ai_act_class": "high_risk", "annex_iii_case": "4a"}
    assert codes(**said) == [
        ("ai-act-4", True),
        ("ai-act-26", False),
        ("ai-act-27", False),
        ("ai-act-49", False),
    ]
    assert all(holds for _code, holds in codes(today=dt.date(2027, 12, 2), **said))


def test_a_decision_about_a_person_brings_those_of_the_french_code():
    assert codes(individual_decision=True) == [("crpa-l312-1-3", True), ("crpa-l311-3-1", True)]


def test_the_page_gives_the_day_and_the_article_and_says_that_nobody_has_checked_them(client):
    page = SolutionPageFactory(contains_ai=True)
    html = client.get(page.url).content.decode()
    assert "En vigueur depuis le 2 février 2025" in html
    assert "Règlement (UE) 2024/1689, article 4" in html
    assert "pas encore comparé au texte officiel" in html


def test_once_somebody_has_read_the_text_the_page_says_when(client):
    LegalDuty.objects.filter(code="ai-act-4").update(checked_on=dt.date(2026, 11, 21))
    html = client.get(SolutionPageFactory(contains_ai=True).url).content.decode()
    assert "vérifié le 21 novembre 2026" in html


def test_a_date_that_an_editor_changes_is_the_one_that_is_shown_and_stays_when_the_file_is_loaded_again():
    LegalDuty.objects.filter(code="ai-act-4").update(applies_from=dt.date(2030, 1, 1))
    assert load_law() == 0
    assert codes(contains_ai=True) == [("ai-act-4", False)]


def test_a_duty_without_a_translation_is_given_in_the_main_language():
    LegalDuty.objects.filter(code="ai-act-4", locale__language_code="en").delete()
    page = SolutionPageFactory(contains_ai=True)
    assert duties(page)[0].law.locale.language_code == "fr"


def test_a_wrong_line_of_the_file_changes_nothing(tmp_path):
    LegalDuty.objects.all().delete()
    (tmp_path / "duties.yaml").write_text("- code: a\n  ground: any_ai\n  applies_from: demain\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"duties\.yaml, line 3"):
        call_command("load_law", folder=tmp_path)
    assert not LegalDuty.objects.exists()
