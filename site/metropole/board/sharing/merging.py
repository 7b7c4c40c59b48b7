"""Two needs that are the same become one: the first leads on to the second, as do those who follow and carry it.

All that moves is noted with the step, by which the merging can be undone as long as the second is open.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.core.audit import record

from ..audience import people
from ..enums import AmendmentKind, CoCarrierState, NeedMode, NeedState
from ..lifecycle.attempts import Attempt
from ..lifecycle.guards import TIME_AFTER_CHANGE
from ..lifecycle.registry import register_effect, register_guard
from ..lifecycle.services import WrongStateError, take
from ..lifecycle.value_guards import CrossesThresholdError
from ..models import CoCarrier, Interest, Need, NeedEvent, Watch
from ..policy import has_a_part
from ..states import state_expression, state_of
from ..thresholds import dispensation, in_force, total_value
from . import notices
from .amendments import changes_of_carriers
from .transitions import INVITE, MOVE

MOVED: dict[str, type[models.Model]] = {"watches": Watch, "interests": Interest, "co_carriers": CoCarrier}
"""What moves with a need, by the name under which it is noted; in the history, by their identifiers alone."""


def not_any_more() -> ValidationError:
    """What is said wherever a need is too far gone to be merged, whatever the reason.

    An app above that knows of responses says the same, for a refusal not to tell that there is one.
    """
    return ValidationError(
        _(
            "This need cannot be merged any more: somebody may rely on it by now. Its authority can withdraw it, or go "
            "on with it until its closing."
        )
    )


@transaction.atomic
def merge(need: Need, into: Need, person: AbstractUser, reason: str, *, other_themes: bool = False) -> Need:
    """``other_themes``: the moderator says that they are the same need, though filed otherwise.

    Both rows are held, in an order that is the same for all. Raises PermissionDenied, ValidationError.
    """
    held = _held(need, into)
    return take(held[need.pk], "merge", person, reason=reason.strip(), into=held[into.pk], other_themes=other_themes)


@transaction.atomic
def unmerge(need: Need, person: AbstractUser, reason: str) -> Need:
    """Undoes it: all that moved and is still there comes back."""
    if need.merged_into_id is None:
        raise WrongStateError(_("This need is not merged into another any more."))
    _held(need, need.merged_into)
    return take(need, "unmerge", person, reason=reason.strip())


def targets(need: Need) -> Iterable[Need]:
    """The needs into which one may be merged, as far as they are open and of the same mode; those like it first."""
    themes = need.themes.values("pk")
    alike = models.Count("themes", filter=Q(themes__in=themes), distinct=True)
    open_ones = Need.objects.published().annotate(state_now=state_expression()).filter(state_now=NeedState.OPEN)
    found = open_ones.filter(mode=need.mode).exclude(pk=need.pk).annotate(alike=alike)
    return found.order_by("-alike", "-published_at").select_related("organisation").with_texts()


@register_guard(
    "merges_with_its_like",
    gettext_lazy(
        "Both are open, of the same mode and on the same themes, unless the moderator says that they are the same; "
        "what somebody may rely on already is not merged, and a direct enquiry stays below the threshold."
    ),
)
def merges_with_its_like(attempt: Attempt) -> None:
    need, into = attempt.need, attempt.details.get("into")
    if into is None or into.pk == need.pk:
        raise ValidationError({"into": _("Choose another need, into which this one is merged.")})
    if state_of(into, attempt.now) != NeedState.OPEN:
        raise ValidationError({"into": _("This need is not open: nothing is merged into it.")})
    if attempt.person is not None and has_a_part(attempt.person, into):
        raise ValidationError({"into": _("You have a part in this need: another moderator merges it.")})
    if into.mode != need.mode:
        raise ValidationError({"into": _("The two needs have different modes.")})
    if not attempt.details.get("other_themes") and _themes(need) != _themes(into):
        raise ValidationError({"other_themes": _("They are filed under different themes: say that they are the same.")})
    changed = need.amendments.exclude(kind=AmendmentKind.CARRIERS)
    if need.closes_at - attempt.now < TIME_AFTER_CHANGE or need.questions.exists() or changed.exists():
        raise not_any_more()
    _check_value(need, into)


@register_guard("target_is_open", gettext_lazy("The need into which it was merged is still open."), "unmerge")
def target_is_open(attempt: Attempt) -> None:
    if state_of(attempt.need.merged_into, attempt.now) != NeedState.OPEN:
        raise ValidationError(_("The need into which it was merged has closed: the two stay one."))


@register_effect("merge")
def moved(attempt: Attempt) -> None:
    """Moves those who watch it, have it too and carry it; its lead is invited to carry the other with its lead."""
    need, into = attempt.need, attempt.details["into"]
    told = people(need, *attempt.step.told)
    carriers, value = into.carriers, total_value(into)
    noted = {name: _move(name, need, into) for name in MOVED}
    invited = _invite_lead(need, into, attempt)
    attempt.details["noted"] = {"into": into.pk, "moved": noted, "invited": invited}
    _tell_readers(into, "add_carrier", carriers, value, _said(attempt, need))
    notices.merged(attempt, told, into)
    record(need, MOVE, attempt.person, after={name: len(keys) for name, keys in noted.items()})


@register_effect("unmerge")
def moved_back(attempt: Attempt) -> None:
    need = attempt.need
    done = NeedEvent.objects.filter(need=need, action="merge").order_by("pk").last().details
    into = Need.objects.get(pk=done["into"])
    carriers, value = into.carriers, total_value(into)
    for name, keys in done["moved"].items():
        MOVED[name].objects.filter(pk__in=keys, need=into).update(need=need)
    CoCarrier.objects.filter(pk=done["invited"], need=into, state=CoCarrierState.INVITED).delete()
    _tell_readers(into, "remove_carrier", carriers, value, _said(attempt, need))
    attempt.details["noted"] = {"into": into.pk}


def _held(need: Need, into: Need) -> dict[int, Need]:
    rows = Need.objects.select_for_update(of=("self",)).filter(pk__in=[need.pk, into.pk]).order_by("pk")
    held = {row.pk: row for row in rows}
    if need.pk not in held or into.pk not in held:
        raise Need.DoesNotExist
    return held


def _themes(need: Need) -> set[int]:
    return set(need.themes.values_list("pk", flat=True))


def _check_value(need: Need, into: Need) -> None:
    """Of a direct enquiry: all who carried the one or the other stay below the threshold together."""
    if into.mode != NeedMode.DIRECT:
        return
    threshold = in_force(dispensation(into))
    value = (total_value(need) or 0) + (total_value(into) or 0)
    if threshold and value >= threshold.amount:
        said = _(
            "Together, the values reach %(value)s € without tax: from %(amount)s € on (%(article)s), the lead "
            "authority of the other need first changes its mode to sourcing."
        )
        raise CrossesThresholdError("into", said, value, threshold)


def _move(name: str, need: Need, into: Need) -> list[int]:
    """What is not there already, of the other need; gives what moved. The rest stays where it is."""
    model = MOVED[name]
    if name == "watches":
        rows = model.objects.filter(need=need).exclude(person__in=into.watches.values("person"))
    else:
        known = getattr(into, name).values("organisation")
        rows = model.objects.filter(need=need).exclude(organisation__in=known).exclude(organisation=into.organisation)
    if name == "interests":
        rows = rows.exclude(organisation__in=into.co_carriers.values("organisation"))
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    model.objects.filter(pk__in=keys).update(need=into)
    return keys


def _invite_lead(need: Need, into: Need, attempt: Attempt) -> int | None:
    """Whoever led it decides for itself whether it carries the other; gives the invitation."""
    if need.organisation_id == into.organisation_id:
        return None
    values = {"value_low": need.value_low, "value_high": need.value_high}
    defaults = {"state": CoCarrierState.INVITED, "asked_by": attempt.person, "asked_at": attempt.now, **values}
    invitation, is_new = into.co_carriers.get_or_create(organisation=need.organisation, defaults=defaults)
    if is_new:
        record(invitation, INVITE, attempt.person, organisation=into.organisation, after={"state": invitation.state})
        notices.invited(invitation)
    return invitation.pk if is_new else None


def _said(attempt: Attempt, need: Need) -> str:
    words = {"title": need.name, "reason": attempt.reason}
    if attempt.step.name == "merge":
        return _("“%(title)s” is merged into this need: %(reason)s") % words
    return _("“%(title)s” is a need of its own again: %(reason)s") % words


def _tell_readers(into: Need, step: str, carriers: list, value: int | None, reason: str) -> None:
    """Readers of the other need learn, as always, who carries it from now on."""
    into = Need.objects.get(pk=into.pk)
    if {one.pk for one in into.carriers} != {one.pk for one in carriers}:
        take(into, step, None, reason=reason, changes=changes_of_carriers(into, carriers, value))
