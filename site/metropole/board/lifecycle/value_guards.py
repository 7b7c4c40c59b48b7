"""What the value of a need allows, by the thresholds of the law: a direct enquiry stays below them, undivided."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.taxonomy.models import Theme

from ..enums import CoCarrierState, NeedMode, Outcome
from ..models import Need, Threshold
from ..querysets import NeedQuerySet
from ..thresholds import dispensation, in_force, total_value
from .attempts import Attempt
from .registry import register_effect, register_guard
from .table import STEPS

SAME_PURCHASE = dt.timedelta(days=365)
"""Needs of one authority and one theme within a year are held to be one purchase, whose value is added up."""


class CrossesThresholdError(ValidationError):
    """A value reaches a threshold. Its words name the sum: they are for who may read that."""

    def __init__(self, field: str, said: str, value: int, threshold: Threshold, needs: str = "") -> None:
        """``needs``: the others of which the purchase would be a part."""
        self.threshold, self.is_split = threshold, bool(needs)
        super().__init__({field: said % (words_of(value, threshold) | {"needs": needs})})


@register_guard(
    "mode_fits_value",
    gettext_lazy(
        "A direct enquiry stays below the threshold of the law: the values of all authorities that carry it add up."
    ),
)
def mode_fits_value(attempt: Attempt) -> None:
    if attempt.need.mode == NeedMode.DIRECT:
        check_value(attempt.need)


@register_effect(*(step.name for step in STEPS if "mode_fits_value" in step.guards))
def threshold_noted(attempt: Attempt) -> None:
    """The row of the law that was relied on."""
    need = attempt.need
    need.threshold = _threshold(need) if need.mode == NeedMode.DIRECT else None


def check_value(need: Need) -> None:
    """Raises ValidationError unless the value of a direct enquiry stays below the threshold."""
    threshold, value = _threshold(need), total_value(need)
    if value is None:
        raise ValidationError({"value_high": _("A direct enquiry needs an estimated value.")})
    if silent := [one.organisation.name for one in _joined(need) if one.value_high is None]:
        said = _("These authorities have not said yet what they would spend: %(names)s.")
        raise ValidationError({"value_high": said % {"names": ", ".join(silent)}})
    if value >= threshold.amount:
        said = _(
            "Together, the values reach %(value)s € without tax: from %(amount)s € on (%(article)s), choose sourcing."
        )
        raise CrossesThresholdError("mode", said, value, threshold)


@register_guard(
    "is_no_split",
    gettext_lazy(
        "A direct enquiry is not one part of a purchase that reaches the threshold as a whole: the needs of its "
        "authorities on the same theme within a year are added up."
    ),
)
def is_no_split(attempt: Attempt) -> None:
    if attempt.need.mode == NeedMode.DIRECT:
        check_no_split(attempt.need, attempt.now)


def check_no_split(need: Need, now: dt.datetime) -> None:
    """Raises ValidationError where a direct enquiry and others like it reach the threshold together."""
    threshold, others = _threshold(need), list(parts_of_same_purchase(need, now))
    value = (total_value(need) or 0) + sum(total_value(other) or 0 for other in others)
    if others and value >= threshold.amount:
        said = _(
            "With %(needs)s, the values reach %(value)s € without tax: from %(amount)s € on (%(article)s), "
            "a purchase is not divided. Choose sourcing, or merge the needs."
        )
        raise CrossesThresholdError("value_high", said, value, threshold, _named(need, others))


def parts_of_same_purchase(need: Need, now: dt.datetime) -> NeedQuerySet:
    """The other direct enquiries of its authorities, on a theme of its own, within a year or not at their end.

    What is filed under no theme is held to be of one with the others that are filed under none.
    """
    joined = need.co_carriers.filter(state=CoCarrierState.ACCEPTED).values_list("organisation_id", flat=True)
    organisations = [need.organisation_id, *joined]
    carrying = need.co_carriers.model.objects.filter(organisation__in=organisations, state=CoCarrierState.ACCEPTED)
    recent = Q(published_at__gt=now - SAME_PURCHASE) | Q(published_at=None, submitted_at__isnull=False)
    given_up = Q(outcome__in=(Outcome.ABANDONED, Outcome.NONE_SUITABLE, Outcome.CONSULTATION))
    own = Q(organisation__in=organisations) | Q(pk__in=carrying.values("need"))
    alive = Need.objects.filter(own, recent, mode=NeedMode.DIRECT, withdrawn_at=None, merged_at=None)
    found = alive.exclude(given_up).exclude(pk=need.pk).filter(purchase_kind=need.purchase_kind)
    close = Q(themes__in=_close_themes(need)) if need.themes.exists() else Q(themes=None)
    return found.filter(close).distinct().with_texts()


def words_of(value: int, threshold: Threshold) -> dict[str, str]:
    """A value and a threshold, for a sentence."""
    amounts = {"value": value, "amount": threshold.amount}
    said = {name: number_format(amount, force_grouping=True) for name, amount in amounts.items()}
    return said | {"article": threshold.article}


def _close_themes(need: Need) -> Iterable[int]:
    """Its own, those that they are part of, and their parts: filing one need higher makes it no other purchase."""
    own = need.themes.values("pk")
    close = Theme.objects.filter(Q(pk__in=own) | Q(parent__in=own) | Q(children__in=own))
    return close.values("pk").distinct()


def _joined(need: Need) -> Iterable:
    return need.co_carriers.filter(state=CoCarrierState.ACCEPTED).select_related("organisation")


def _named(need: Need, others: Iterable[Need]) -> str:
    """The other needs; what another authority has not published yet is not named."""
    is_known = {other.pk: other.is_public or other.organisation_id == need.organisation_id for other in others}
    return ", ".join(other.name if is_known[other.pk] else _("a need that is not published yet") for other in others)


def _threshold(need: Need) -> Threshold:
    threshold = in_force(dispensation(need))
    if threshold is None:
        raise ValidationError({"mode": _("No threshold of the law is known for today: ask the Métropole.")})
    return threshold
