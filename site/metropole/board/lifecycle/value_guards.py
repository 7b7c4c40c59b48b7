"""What the value of a need allows, by the thresholds of the law: a direct enquiry stays below them, undivided."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import CoCarrierState, NeedMode, Outcome
from ..models import Need, Threshold
from ..querysets import NeedQuerySet
from ..thresholds import dispensation, in_force, total_value
from .attempts import Attempt
from .registry import register_guard

SAME_PURCHASE = dt.timedelta(days=365)
"""Needs of one authority and one theme within a year are held to be one purchase, whose value is added up."""


@register_guard(
    "mode_fits_value",
    gettext_lazy(
        "A direct enquiry stays below the threshold of the law: the values of all authorities that carry it add up."
    ),
)
def mode_fits_value(attempt: Attempt) -> None:
    need = attempt.need
    if need.mode != NeedMode.DIRECT:
        return
    threshold = _threshold(need)
    value = attempt.details.get("total_value") or total_value(need)
    if value is None:
        raise ValidationError({"value_high": _("A direct enquiry needs an estimated value.")})
    if value >= threshold.amount:
        words = _words(value, threshold)
        said = _(
            "Together, the values reach %(value)s € without tax: from %(amount)s € on (%(article)s), choose sourcing."
        )
        raise ValidationError({"mode": said % words})
    need.threshold = threshold


@register_guard(
    "is_no_split", gettext_lazy("A direct enquiry is not one part of a purchase that reaches the threshold as a whole.")
)
def is_no_split(attempt: Attempt) -> None:
    need = attempt.need
    if need.mode != NeedMode.DIRECT:
        return
    threshold, others = _threshold(need), parts_of_same_purchase(need, attempt.now)
    value = total_value(need) + sum(total_value(other) or 0 for other in others)
    if others and value >= threshold.amount:
        words = _words(value, threshold) | {"needs": ", ".join(other.name for other in others)}
        said = _(
            "With %(needs)s, the values reach %(value)s € without tax: from %(amount)s € on (%(article)s), "
            "a purchase is not divided. Choose sourcing, or merge the needs."
        )
        raise ValidationError({"value_high": said % words})


def parts_of_same_purchase(need: Need, now: dt.datetime) -> NeedQuerySet:
    """The other direct enquiries of its authorities, on a theme of its own, within a year or not at their end."""
    joined = need.co_carriers.filter(state=CoCarrierState.ACCEPTED).values_list("organisation_id", flat=True)
    organisations = [need.organisation_id, *joined]
    carried = Q(co_carriers__organisation__in=organisations, co_carriers__state=CoCarrierState.ACCEPTED)
    recent = Q(published_at__gt=now - SAME_PURCHASE) | Q(published_at=None, submitted_at__isnull=False)
    given_up = Q(outcome__in=(Outcome.ABANDONED, Outcome.NONE_SUITABLE, Outcome.CONSULTATION))
    found = Need.objects.filter(Q(organisation__in=organisations) | carried, recent, mode=NeedMode.DIRECT)
    alive = found.filter(withdrawn_at=None, merged_at=None).exclude(given_up).exclude(pk=need.pk)
    return alive.filter(purchase_kind=need.purchase_kind, themes__in=need.themes.all()).distinct()


def _threshold(need: Need) -> Threshold:
    threshold = in_force(dispensation(need))
    if threshold is None:
        raise ValidationError({"mode": _("No threshold of the law is known for today: ask the Métropole.")})
    return threshold


def _words(value: int, threshold: Threshold) -> dict[str, str]:
    amounts = {"value": value, "amount": threshold.amount}
    said = {name: number_format(amount, force_grouping=True) for name, amount in amounts.items()}
    return said | {"article": threshold.article}
