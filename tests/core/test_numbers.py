"""Numbers as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from metropole.core.numbers import AmountField, WholeNumberField

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("typed", ["60000", "60 000", "60\u202f000 €", "60\u00a0000", "60,000", "60.000", " 60 000 "])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_whole_number_is_read_as_people_group_it(typed, language):
    with override(language):
        assert WholeNumberField().clean(typed) == 60_000


@pytest.mark.parametrize("typed", ["18000,50", "18000.5", "18 000,50 €", "18,000.50", "18.000,50"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_amount_has_its_cents_after_a_comma_or_a_point(typed, language):
    with override(language):
        assert AmountField(decimal_places=2).clean(typed) == Decimal("18000.50")


@pytest.mark.parametrize("typed", ["18000,500", "18000.500", "0,125", "1.5.2", "dix", "18 000 $"])
def test_an_amount_that_may_be_another_is_refused(typed):
    with pytest.raises(ValidationError):
        AmountField(decimal_places=2).clean(typed)


@pytest.mark.parametrize("typed", ["1,5", "60 000,50", "soixante"])
def test_a_whole_number_has_no_cents(typed):
    with pytest.raises(ValidationError):
        WholeNumberField().clean(typed)
