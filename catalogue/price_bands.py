"""The bands of the facet "price": what communes pay in a year, without taxes, from the lines of the sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import PriceModel


@dataclass(frozen=True)
class PriceBand:
    """From ``start`` euros a year, that sum included, up to where the next band starts."""

    value: str
    start: int
    label: str | Promise


FREE = "free"
PRICE_BANDS = (
    PriceBand(FREE, 0, _("Free of charge")),
    PriceBand("under_5k", 0, _("Less than €5,000")),
    PriceBand("from_5k", 5_000, _("€5,000 to 25,000")),
    PriceBand("from_25k", 25_000, _("€25,000 to 100,000")),
    PriceBand("from_100k", 100_000, _("€100,000 and more")),
)
_PAID = PRICE_BANDS[1:]


def price_bands(price_model: str, rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """All the bands that the prices of a sheet touch; none where no price is given."""
    found = {FREE} if price_model == PriceModel.FREE else set()
    for row in rows:
        lowest = _amount(row.get("lowest"))
        if lowest is not None:
            highest = _amount(row.get("highest"))
            found |= _touched(lowest, lowest if highest is None else highest)
    return tuple(band.value for band in PRICE_BANDS if band.value in found)


def _touched(lowest: Decimal, highest: Decimal) -> set[str]:
    ends = [*(band.start for band in _PAID[1:]), Decimal("Infinity")]
    paid = {
        band.value
        for band, end in zip(_PAID, ends, strict=True)
        if highest >= band.start and lowest < end and highest > 0
    }
    return paid | ({FREE} if lowest == 0 else set())


def _amount(stored: str | None) -> Decimal | None:
    """A sum as rows store it; None where there is none, or none that can be read."""
    try:
        amount = Decimal(stored or "")
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
