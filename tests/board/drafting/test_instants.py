"""A day and an hour in Paris: those that do not exist, or exist twice, are refused with the reason."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override

from metropole.core.instants import InstantField, InstantWidget, typed_instant


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2027-01-14 17:00", dt.datetime(2027, 1, 14, 16, tzinfo=dt.UTC)),
        ("14/01/2027 17h00", dt.datetime(2027, 1, 14, 16, tzinfo=dt.UTC)),
        ("14/1/2027 17 h", dt.datetime(2027, 1, 14, 16, tzinfo=dt.UTC)),
        ("2026-07-14 23:59", dt.datetime(2026, 7, 14, 21, 59, tzinfo=dt.UTC)),
        ("2026-03-29 03:00", dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC)),
        ("2026-10-25 03:00", dt.datetime(2026, 10, 25, 2, tzinfo=dt.UTC)),
    ],
)
def test_an_hour_in_paris_is_an_instant(typed, instant):
    assert InstantField().clean(typed) == instant
    assert InstantField().clean(typed_instant(instant)) == instant


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-03-29 02:30", "clocks go forward that night"),
        ("2026-10-25 02:30", "clocks go back that night"),
        ("2027-02-29 17:00", "This day does not exist"),
        ("0001-01-01 17:00", "This day does not exist"),
        ("99999-01-01 17:00", "This day does not exist"),
        ("demain 17:00", "This day does not exist"),
        ("2027-01-14 25:00", "This hour does not exist"),
        ("2027-01-14 17:00+02:00", "This hour does not exist"),
        ("2027-01-14", "Give both the day and the hour"),
        (" 17:00", "Give both the day and the hour"),
        ("٢٠٢٧-٠١-١٤ 17:00", "This day does not exist"),
    ],
)
def test_no_other_hour_is_taken_and_the_reason_is_said(typed, words):
    with override("en"), pytest.raises(ValidationError, match=words):
        InstantField().clean(typed)


def test_both_controls_are_one_text_kept_as_typed():
    widget = InstantWidget()
    assert widget.value_from_datadict({"at_day": "32/13/2027", "at_hour": "midi"}, {}, "at") == "32/13/2027 midi"
    assert widget.decompress("32/13/2027 midi") == ["32/13/2027", "midi"]
    assert widget.value_from_datadict({"at": "2027-01-14 17:00"}, {}, "at") == "2027-01-14 17:00"
    assert widget.value_from_datadict({"at_day": "", "at_hour": "17:00"}, {}, "at") == " 17:00"
    html = InstantField().widget.render("at", "32/13/2027 midi")
    assert 'value="32/13/2027"' in html
    assert 'value="midi"' in html


def test_nothing_typed_is_no_instant_unless_one_is_owed():
    assert InstantField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        InstantField().clean("")
    assert gettext("Day") in InstantField().widget.render("at", "")
