"""The amendments by which readers of an open need learn who carries it, and that its mode has changed."""

import datetime as dt
from collections.abc import Iterable

from django.utils.formats import number_format

from metropole.organisations.models import Organisation

from ..enums import AmendmentKind, AmendmentState
from ..lifecycle.attempts import Attempt
from ..lifecycle.registry import register_effect
from ..models import Amendment, Need
from ..publishing.amendments import next_number
from ..thresholds import total_value

Change = dict[str, str]


@register_effect("add_carrier", "remove_carrier")
def carriers_changed(attempt: Attempt) -> None:
    publish(attempt, AmendmentKind.CARRIERS, attempt.details["changes"])


def publish(
    attempt: Attempt, kind: AmendmentKind, changes: list[Change], closes_at: dt.datetime | None = None
) -> Amendment:
    """Numbers a change of an open need and publishes it, within the step that makes it."""
    amendment = Amendment.objects.create(
        need=attempt.need,
        number=next_number(attempt.need),
        kind=kind,
        state=AmendmentState.PUBLISHED,
        changes=changes,
        reason=attempt.reason,
        closes_at=closes_at,
        proposed_by=attempt.person,
        proposed_at=attempt.now,
        decided_at=attempt.now,
    )
    attempt.details["noted"] = {"amendment": amendment.number}
    return amendment


def changes_of_carriers(need: Need, before: Iterable[Organisation], value_before: int | None) -> list[Change]:
    """Who carries it and did before; what they would spend together only where everybody may read that."""
    after = Need.objects.prefetch_related("co_carriers__organisation").get(pk=need.pk)
    is_public = need.value_is_public
    old = _said(before, value_before if is_public else None)
    return [{"field": "carriers", "old": old, "new": _said(after.carriers, total_value(after) if is_public else None)}]


def _said(organisations: Iterable[Organisation], value: int | None) -> str:
    names = ", ".join(organisation.name for organisation in organisations)
    return names if value is None else f"{names} – {number_format(value, force_grouping=True)} €"
