"""The rules are read where they are made: the page tells every step, every guard and every prohibition."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from metropole.board.lifecycle.registry import guards_of
from metropole.board.lifecycle.table import FORBIDDEN, STEPS
from metropole.board.models import BoardIndexPage, Threshold
from tests.factories import NeedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_rules_tell_every_step_every_guard_and_every_prohibition(client, language):
    with translation.override(language):
        found = client.get(reverse("publishing:rules")).content.decode()
        for step in STEPS:
            assert f"{step.number} – {escape(step.label)}" in found
            for guard in guards_of(step.name):
                assert str(escape(guard.explanation)) in found
        for rule in FORBIDDEN:
            assert str(escape(rule.text)) in found


def test_thresholds_are_read_with_their_source_and_who_checked_them(client):
    row = {
        "key": "buyer_profile",
        "amount": 60_000,
        "article": "article R. 2132-2",
        "source_url": "https://law.example/",
    }
    Threshold.objects.create(**row, valid_from=dt.date(2026, 4, 1))
    Threshold.objects.create(
        **row | {"amount": 40_000},
        valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2026, 3, 31),
        verified_by="Jeanne Martin",
        verified_on=dt.date(2026, 5, 2),
    )
    found = client.get("/en/adopt/rules/").content.decode()
    assert "60,000 €" in found
    assert "Nobody has compared it with the official text yet." in found
    assert "Jeanne Martin" in found
    assert 'href="https://law.example/"' in found
    assert found.count(">in force<") == 1


def test_the_rules_are_reached_from_the_board_and_from_each_need(client, rebuild_index):
    need = NeedFactory()
    rules = f'href="{reverse("publishing:rules")}"'
    assert rules in client.get(need.get_absolute_url()).content.decode()
    board = BoardIndexPage.objects.get(locale__language_code="fr")
    assert rules in client.get(board.url).content.decode()
