"""Fields that hold lists: several codes, or rows with named columns."""

import json

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from metropole.core.lists import ChoicesField, Column, RowsField
from metropole.core.lists.rows import MOST_ROWS, SPARE_ROWS


class Colour(models.TextChoices):
    RED = "red", "Rouge"
    GREEN = "green", "Vert"


COLUMNS = (
    Column("name", "Nom", required=True),
    Column("colour", "Couleur", "choice", codes=Colour),
    Column("price", "Prix", "number"),
    Column("day", "Jour", "date"),
    Column("link", "Lien", "url"),
    Column("sure", "Sûr", "yesno"),
)
ROWS = RowsField("lignes", columns=COLUMNS)
FULL = {"name": "a", "colour": "red", "price": "12.5", "day": "2026-03-01", "link": "https://a.fr", "sure": "yes"}


class RowsForm(forms.Form):
    rows = ROWS.formfield()


def posted(**values) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query


def test_what_is_typed_in_the_table_is_kept_and_empty_lines_are_left_out():
    form = RowsForm(posted(**{"rows-0-name": " a ", "rows-0-colour": "red", "rows-1-name": "", "rows-2-name": "b"}))
    assert form.is_valid()
    assert [(row["name"], row["colour"]) for row in form.cleaned_data["rows"]] == [("a", "red"), ("b", "")]


def test_an_error_says_its_line_and_its_column_and_what_was_typed_is_shown_again():
    form = RowsForm(posted(**{"rows-0-name": "a", "rows-1-price": "cher", "rows-1-day": "31/02/2026"}))
    assert not form.is_valid()
    messages = " ".join(form.errors["rows"])
    assert "Ligne 2, Nom" in messages
    assert "Ligne 2, Prix" in messages
    assert "Ligne 2, Jour" in messages
    assert 'value="cher"' in str(form)


def test_there_are_always_some_lines_left_until_there_are_too_many():
    assert str(RowsForm()).count("<tr>") == 1 + SPARE_ROWS
    many = json.dumps([{"name": "a"}] * (MOST_ROWS + 1))
    assert not RowsForm(posted(rows=many)).is_valid()
    assert str(RowsForm(posted(rows=many))).count("<tr>") == 1 + MOST_ROWS + 1


def test_every_control_of_the_table_has_a_name_of_its_own():
    assert 'aria-label="Nom, ligne 2"' in str(RowsForm())


@pytest.mark.parametrize("value", ['[["name"]]', "{", '"name"', "3", '[{"other": "x"}]'])
def test_what_is_not_rows_is_refused(value):
    form = RowsForm(posted(rows=value))
    assert not form.is_valid()
    str(form)


def test_rows_are_checked_by_their_columns_without_a_form_too():
    assert ROWS.clean([FULL], None) == [FULL]
    with pytest.raises(ValidationError, match="Couleur"):
        ROWS.clean([FULL | {"colour": "blue"}], None)


def test_rows_are_shown_in_words():
    with translation.override("fr"):
        assert ROWS.display([FULL]) == "a – Rouge – 12,5 – 1 mars 2026 – https://a.fr – Oui"


cell = st.text(max_size=300)


@given(
    st.lists(st.dictionaries(st.sampled_from([column.name for column in COLUMNS]), cell), max_size=5),
)
def test_whatever_is_typed_is_either_kept_as_rows_or_refused(rows):
    try:
        cleaned = ROWS.clean(rows, None)
    except ValidationError:
        return
    assert ROWS.clean(cleaned, None) == cleaned
    ROWS.display(cleaned)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner), max_leaves=8))
def test_whatever_json_holds_is_either_codes_or_refused(value):
    field = ChoicesField("couleurs", codes=Colour)
    try:
        field.clean(value, None)
    except ValidationError:
        return
    assert value in (None, []) or set(value) <= {"red", "green"}


def test_codes_are_shown_in_the_order_of_their_enumeration():
    assert ChoicesField("couleurs", codes=Colour).display(["green", "red"]) == "Rouge, Vert"
