"""The thresholds of the law: rows with a source, loaded once, kept in the admin by editors and moderators."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from metropole.board.enums import ThresholdKey
from metropole.board.models import Threshold
from metropole.board.sharing.loading import load_thresholds
from metropole.board.thresholds import in_force
from tests.factories import NeedFactory, ThresholdFactory, UserFactory

pytestmark = pytest.mark.django_db
NAMES = "wagtailsnippets_board_threshold"


def test_the_first_rows_are_those_of_the_law_and_nobody_is_said_to_have_compared_them():
    load_thresholds()
    assert in_force(ThresholdKey.DISPENSATION_SUPPLIES, dt.date(2026, 3, 31)).amount == 40_000
    assert in_force(ThresholdKey.DISPENSATION_SUPPLIES, dt.date(2026, 4, 1)).amount == 60_000
    assert {key: in_force(key, dt.date(2026, 11, 1)).amount for key in ThresholdKey} == {
        ThresholdKey.DISPENSATION_SUPPLIES: 60_000,
        ThresholdKey.DISPENSATION_WORKS: 100_000,
        ThresholdKey.INNOVATIVE: 100_000,
        ThresholdKey.BUYER_PROFILE: 60_000,
        ThresholdKey.FORMAL_SUPPLIES: 216_000,
        ThresholdKey.FORMAL_WORKS: 5_404_000,
    }
    assert "140 000" in in_force(ThresholdKey.INNOVATIVE, dt.date(2026, 11, 1)).note
    assert not Threshold.objects.exclude(verified_by="", verified_on=None).exists()


def test_what_editors_changed_is_left_when_they_are_loaded_again():
    call_command("load_thresholds")
    Threshold.objects.filter(key=ThresholdKey.INNOVATIVE).update(amount=140_000)
    Threshold.objects.filter(key=ThresholdKey.FORMAL_WORKS).delete()
    assert load_thresholds() == 1
    assert Threshold.objects.get(key=ThresholdKey.INNOVATIVE).amount == 140_000


def test_a_file_that_does_not_fit_changes_nothing(tmp_path):
    (tmp_path / "thresholds.yaml").write_text("- {key: innovative, amount: -1}")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_thresholds", folder=tmp_path)
    assert not Threshold.objects.exists()


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_editors_and_moderators_add_a_row_with_its_source(client, group):
    client.force_login(UserFactory(group=group))
    sent = {
        "key": ThresholdKey.INNOVATIVE, "amount": "140000", "valid_from": "2026-01-01", "article": "R. 2122-9-1",
        "source_url": "https://www.legifrance.gouv.fr/", "verified_by": "Anne", "verified_on": "2026-11-20",
    }  # fmt: skip
    client.post(reverse(f"{NAMES}:add"), sent)
    row = Threshold.objects.get()
    assert (row.amount, row.verified_by) == (140_000, "Anne")
    shown = client.get(reverse(f"{NAMES}:list")).content.decode()
    assert "R. 2122-9-1" in shown
    client.post(reverse(f"{NAMES}:edit", args=[row.pk]), sent | {"amount": "150000"})
    row.refresh_from_db()
    assert row.amount == 150_000


def test_others_do_not_open_them(client):
    client.force_login(UserFactory(group="Translators"))
    assert client.get(reverse(f"{NAMES}:list")).status_code in (302, 403)


def test_a_row_that_a_need_was_held_against_is_not_deleted(client):
    row, unused = ThresholdFactory(), ThresholdFactory(valid_from=dt.date(2020, 1, 1))
    NeedFactory(direct=True, threshold=row)
    client.force_login(UserFactory(group="Moderators"))
    for one in (row, unused):
        answer = client.post(reverse(f"{NAMES}:delete", args=[one.pk]), follow=True)
        assert answer.status_code == 200
    assert list(Threshold.objects.all()) == [row]
