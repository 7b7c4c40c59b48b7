"""The amounts of the law against which the value of a need is held. The law's own words are dated rows."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from metropole.core.legal_amounts import LegalAmount

from .enums import CoCarrierState, PurchaseKind, ThresholdKey
from .models import Need, Threshold


def in_force(key: ThresholdKey, day: dt.date | None = None) -> Threshold | None:
    """The row of a threshold on a day, the present one by default; None where nobody has given one."""
    day = day or timezone.localdate()
    rows = Threshold.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), key=key, valid_from__lte=day)
    return rows.order_by("-valid_from").first()


def amounts_in_force() -> list[LegalAmount]:
    """Those of all thresholds today, for the apps beside the board."""
    rows = [row for key in ThresholdKey if (row := in_force(key))]
    return [
        LegalAmount(
            str(row.get_key_display()),
            row.amount,
            row.article,
            row.source_url,
            row.valid_from,
            is_checked=row.verified_on is not None,
        )
        for row in rows
    ]


def dispensation(need: Need) -> ThresholdKey:
    """Below which threshold a need may end in a purchase without publicity."""
    if need.is_innovative:
        return ThresholdKey.INNOVATIVE
    if need.purchase_kind == PurchaseKind.WORKS:
        return ThresholdKey.DISPENSATION_WORKS
    return ThresholdKey.DISPENSATION_SUPPLIES


def total_value(need: Need) -> int | None:
    """What all its authorities may spend together, in euros without tax; None where the lead has not said it.

    Of each band, its upper end: the law counts what may be bought. An authority that has not said its own adds nothing.
    """
    if need.value_high is None:
        return None
    joined = need.co_carriers.filter(state=CoCarrierState.ACCEPTED).values_list("value_high", flat=True)
    return need.value_high + sum(value for value in joined if value)
