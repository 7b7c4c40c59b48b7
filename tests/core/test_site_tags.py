import datetime as dt
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from metropole.core.templatetags.site_tags import or_unknown, paris_time, reader_date

INSTANT = dt.datetime(2027, 1, 14, 16, 0, tzinfo=dt.UTC)


def test_an_instant_is_said_in_words_with_its_zone():
    with translation.override("fr"):
        assert "jeudi 14 janvier 2027 à 17\u202fh\u202f00, heure de Paris" in paris_time(INSTANT)
    with translation.override("en"):
        assert "Thursday 14 January 2027 at 17:00, Paris time" in paris_time(INSTANT)


def test_a_day_is_said_in_words():
    with translation.override("fr"):
        assert reader_date(dt.date(2018, 11, 27)) == "27 novembre 2018"
    with translation.override("en"):
        assert reader_date(dt.date(2018, 11, 27)) == "27 November 2018"
        assert reader_date(dt.datetime(2018, 12, 31, 23, 30, tzinfo=dt.UTC)) == "1 January 2019"
    assert reader_date(None) == ""


@pytest.mark.parametrize(("language", "shown"), [("fr", "1\u202f234\u202f567"), ("en", "1,234,567")])
def test_a_number_is_printed_with_the_separator_of_the_reader_s_language_wherever_it_stands(language, shown):
    source = (
        "{% load i18n site_tags %}{{ n|number }} {% blocktranslate count counter=n|number %}{{ counter }} result"
        "{% plural %}{{ counter }} results{% endblocktranslate %} {{ n }}"
    )
    with translation.override(language):
        page = Template(source).render(Context({"n": 1234567}))
    assert re.fullmatch(rf"{shown} {shown} r\w+ 1234567", page)


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_nobody_has_said_is_shown_as_such(nothing):
    with translation.override("fr"):
        assert "non renseigné" in or_unknown(nothing)


def test_a_no_and_a_zero_are_something_said():
    assert or_unknown(0) == 0
    assert or_unknown(False) is False
