"""How authorities join a need and leave it. Each service locks the need's row, then reads the clock.

On an open need each change is an amendment that everybody reads, held against the threshold of the law in the same
transaction: a joining that would reach it is refused, and nothing of it is stored.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from ..enums import CoCarrierState, NeedMode, NeedState
from ..lifecycle.services import WrongStateError, locked, take
from ..lifecycle.value_guards import CrossesThresholdError, check_no_split, check_value
from ..models import CoCarrier, Need
from ..states import state_of
from ..thresholds import total_value
from . import notices
from .amendments import changes_of_carriers
from .policy import may_see_value
from .transitions import ASK, CO_CARRIERS, INVITE, JOINING, NOTING, SAY_VALUE, TAKE_BACK, WRITE_NOTE

VALUES = ("value_low", "value_high")


@dataclass(frozen=True)
class Band:
    """What an authority would spend itself, in euros without tax; None where it does not say."""

    low: int | None = None
    high: int | None = None


class JoiningCrossesError(ValidationError):
    """With this authority a direct enquiry would reach the threshold: its words are for who asked."""


@transaction.atomic
def invite(need: Need, organisation: Organisation, person: AbstractUser) -> CoCarrier:
    """The lead asks another authority to carry the need with it. Raises PermissionDenied, ValidationError."""
    need = _joinable(need)
    co_carrier = _known(need, organisation)
    policy.require(person, "co_carrier.invite", co_carrier)
    _check_may_join(need, organisation)
    _refuse_standing(co_carrier)
    _begin(co_carrier, person, CoCarrierState.INVITED)
    notices.invited(co_carrier)
    return co_carrier


@transaction.atomic
def ask(need: Need, organisation: Organisation, person: AbstractUser, band: Band, reason: str) -> CoCarrier:
    """An authority asks to carry an open need: who engages it says what it would spend, and why it joins."""
    need = _joinable(need, (NeedState.OPEN,))
    co_carrier = _known(need, organisation)
    policy.require(person, "co_carrier.ask", co_carrier)
    _check_may_join(need, organisation)
    _refuse_standing(co_carrier)
    _set_values(co_carrier, band, need)
    _say_why(co_carrier, reason, is_owed=True)
    _begin(co_carrier, person, CoCarrierState.ASKED)
    notices.asked(co_carrier)
    return co_carrier


def accept(co_carrier: CoCarrier, person: AbstractUser, band: Band, reason: str = "") -> None:
    """The invited authority joins. Raises JoiningCrossesError, of which the lead is told, and as the others do."""
    _join(co_carrier, "accept", person, band, reason)


def admit(co_carrier: CoCarrier, person: AbstractUser) -> None:
    """The lead lets an authority join that has asked to, with what it then said."""
    _join(co_carrier, "admit", person, None, "")


def _join(co_carrier: CoCarrier, action: str, person: AbstractUser, band: Band | None, reason: str) -> None:
    try:
        with transaction.atomic():
            _joined(co_carrier, action, person, band, reason)
    except CrossesThresholdError as error:
        if action == "accept":
            notices.crossing(co_carrier)
        raise _in_words(co_carrier, error, person) from error


def _joined(co_carrier: CoCarrier, action: str, person: AbstractUser, band: Band | None, reason: str) -> None:
    need = _joinable(co_carrier.need)
    co_carrier = _fresh(co_carrier, need)
    # Of an authority that joins two needs at once, the second finds what the first joined.
    Organisation.objects.select_for_update(of=("self",)).get(pk=co_carrier.organisation_id)
    carriers, value = need.carriers, total_value(need)
    _check_may_join(need, co_carrier.organisation)
    if band is not None:
        _set_values(co_carrier, band, need)
        _say_why(co_carrier, reason, is_owed=need.is_open)
    _decide(co_carrier, action, person, *VALUES)
    need.interests.filter(organisation=co_carrier.organisation).delete()
    if need.is_open:
        changes = changes_of_carriers(need, carriers, value)
        take(
            need,
            "add_carrier",
            person,
            organisation=co_carrier.organisation,
            reason=co_carrier.reason or _("This authority has the same need."),
            changes=changes,
        )
    elif need.state == NeedState.IN_REVIEW and need.mode == NeedMode.DIRECT:
        check_value(need)
        check_no_split(need, timezone.now())
    notices.accepted(co_carrier)


@transaction.atomic
def decline(co_carrier: CoCarrier, person: AbstractUser, reason: str = "") -> None:
    """The invited authority does not join."""
    co_carrier = _fresh(co_carrier, locked(co_carrier.need))
    _say_why(co_carrier, reason)
    _decide(co_carrier, "decline", person, why=reason)
    notices.declined(co_carrier)


@transaction.atomic
def turn_down(co_carrier: CoCarrier, person: AbstractUser, reason: str) -> None:
    """The lead does not let an authority join that has asked to, and says why."""
    co_carrier = _fresh(co_carrier, locked(co_carrier.need))
    _say_why(co_carrier, reason)
    _decide(co_carrier, "turn_down", person, why=reason)
    notices.turned_down(co_carrier)


@transaction.atomic
def leave(co_carrier: CoCarrier, person: AbstractUser, reason: str) -> None:
    """An authority carries the need no more: as long as it has not closed, and with a reason that everybody reads."""
    need = _joinable(co_carrier.need)
    co_carrier = _fresh(co_carrier, need)
    carriers, value = need.carriers, total_value(need)
    _say_why(co_carrier, reason)
    co_carrier.veto, co_carrier.veto_at = "", None
    _decide(co_carrier, "leave", person, "veto", "veto_at", why=reason)
    if need.is_open:
        changes = changes_of_carriers(need, carriers, value)
        take(
            need, "remove_carrier", person, organisation=co_carrier.organisation, reason=reason.strip(), changes=changes
        )
    notices.left(co_carrier)


@transaction.atomic
def take_back(co_carrier: CoCarrier, person: AbstractUser) -> None:
    """The lead takes its invitation back, or an authority its request: nothing of it stays but in the journal."""
    co_carrier = _fresh(co_carrier, locked(co_carrier.need))
    policy.require(person, "co_carrier.take_back", co_carrier)
    acting = co_carrier.organisation
    if co_carrier.state == CoCarrierState.INVITED:
        acting = co_carrier.need.organisation
    record(co_carrier, TAKE_BACK, person, organisation=acting, before={"state": co_carrier.state})
    co_carrier.delete()


@transaction.atomic
def say_value(co_carrier: CoCarrier, person: AbstractUser, band: Band) -> None:
    """An authority that carries the need says what it would spend: until the need is published."""
    need = _joinable(co_carrier.need, tuple(state for state in JOINING if state != NeedState.OPEN))
    co_carrier = _fresh(co_carrier, need)
    policy.require(person, "co_carrier.say_value", co_carrier)
    _set_values(co_carrier, band, need)
    co_carrier.save(update_fields=VALUES)
    record(co_carrier, SAY_VALUE, person, organisation=co_carrier.organisation)


@transaction.atomic
def write_note(co_carrier: CoCarrier, person: AbstractUser, text: str) -> None:
    """What an authority that carries the need has against an outcome, for the lead to read before it records one.

    An empty text takes it back. The journal does not hold it: it may tell of responses.
    """
    need = locked(co_carrier.need)
    _require_state(need, NOTING, _("A note is written once the need has closed, and before its outcome is recorded."))
    co_carrier = _fresh(co_carrier, need)
    policy.require(person, "co_carrier.write_note", co_carrier)
    text = text.strip()
    _check_field(co_carrier, "veto", text)
    if text == co_carrier.veto:
        return
    co_carrier.veto, co_carrier.veto_at = text, timezone.now() if text else None
    co_carrier.save(update_fields=["veto", "veto_at"])
    record(co_carrier, WRITE_NOTE, person, organisation=co_carrier.organisation)
    if text:
        notices.note_written(co_carrier)


def refusal(need: Need, organisation: Organisation) -> str:
    """Why an authority cannot carry a need with its lead; "" where it can."""
    words = {"organisation": organisation.name}
    if not organisation.is_authority:
        return _("%(organisation)s is no authority: it answers needs, it does not carry them.") % words
    if not organisation.is_verified:
        return _("The Métropole has not verified %(organisation)s yet: it cannot carry a need.") % words
    if organisation.pk == need.organisation_id:
        return _("%(organisation)s leads this need already.") % words
    return ""


def _joinable(need: Need, states: tuple[NeedState, ...] = JOINING) -> Need:
    """The need with its row held, as long as authorities may join and leave it."""
    need = locked(need)
    said = _("Who carries it does not change any more: the need is in the state “%(state)s”.")
    _require_state(need, states, said % {"state": need.state.label})
    return need


def _require_state(need: Need, states: tuple[NeedState, ...], said: str) -> None:
    if state_of(need, timezone.now()) not in states:
        raise WrongStateError(said)


def _check_may_join(need: Need, organisation: Organisation) -> None:
    if why := refusal(need, organisation):
        raise ValidationError({"organisation": why})


def _known(need: Need, organisation: Organisation) -> CoCarrier:
    """Where the authority stands with the need, or would."""
    known = need.co_carriers.filter(organisation=organisation).first()
    return _fresh(known, need) if known else CoCarrier(need=need, organisation=organisation)


def _fresh(co_carrier: CoCarrier, need: Need) -> CoCarrier:
    """As it stands now, of a need whose row is held."""
    found = CoCarrier.objects.select_related("organisation").filter(pk=co_carrier.pk, need=need).first()
    if found is None:
        raise TransitionRefusedError(_("This is not possible any more: meanwhile somebody has changed it."))
    found.need = need
    return found


def _refuse_standing(co_carrier: CoCarrier) -> None:
    """What is asked or decided already is not asked again."""
    words = {"organisation": co_carrier.organisation.name}
    said = {
        CoCarrierState.INVITED: _("%(organisation)s is invited already: its answer is awaited."),
        CoCarrierState.ASKED: _("%(organisation)s has asked already: the lead answers its request."),
        CoCarrierState.ACCEPTED: _("%(organisation)s carries this need already."),
    }
    if co_carrier.state in said:
        raise ValidationError({"organisation": said[CoCarrierState(co_carrier.state)] % words})


def _begin(co_carrier: CoCarrier, person: AbstractUser, state: CoCarrierState) -> None:
    """Stores an invitation or a request, be it the second one."""
    is_invitation = state == CoCarrierState.INVITED
    co_carrier.asked_by, co_carrier.asked_at = person, timezone.now()
    co_carrier.decided_by, co_carrier.decided_at = None, None
    if is_invitation:
        co_carrier.reason, co_carrier.value_low, co_carrier.value_high = "", None, None
    if co_carrier.pk:
        changed = ("asked_by", "asked_at", "decided_by", "decided_at", "reason", *VALUES)
        CO_CARRIERS.apply(co_carrier, "invite_again" if is_invitation else "ask_again", person, changed=changed)
        return
    co_carrier.state = state
    co_carrier.save(force_insert=True)
    acting = co_carrier.need.organisation if is_invitation else co_carrier.organisation
    record(co_carrier, INVITE if is_invitation else ASK, person, organisation=acting, after={"state": state})


def _decide(co_carrier: CoCarrier, action: str, person: AbstractUser, *changed: str, why: str = "") -> None:
    co_carrier.decided_by, co_carrier.decided_at = person, timezone.now()
    fields = ("decided_by", "decided_at", "reason", *changed)
    CO_CARRIERS.apply(co_carrier, action, person, reason=why, changed=fields)


def _set_values(co_carrier: CoCarrier, band: Band, need: Need) -> None:
    """Raises ValidationError for a band that is half said, upside down, or missing where a direct enquiry owes it."""
    low, high = band.low, band.high
    if low is None and high is None:
        if need.mode == NeedMode.DIRECT:
            raise ValidationError({"value_high": _("A direct enquiry needs the estimate of each authority.")})
    elif low is None or high is None:
        missing = "value_low" if low is None else "value_high"
        raise ValidationError({missing: _("Give both ends of your estimate.")})
    elif high < low:
        raise ValidationError({"value_high": _("This is less than the lower end of your estimate.")})
    for name, value in zip(VALUES, (low, high), strict=True):
        _check_field(co_carrier, name, value)
        setattr(co_carrier, name, value)


def _check_field(co_carrier: CoCarrier, name: str, value: object) -> None:
    """Raises ValidationError at the field for what it does not take."""
    longest = co_carrier._meta.get_field(name).max_length
    if longest and isinstance(value, str) and len(value) > longest:
        raise ValidationError({name: _("Keep to %(most)d characters.") % {"most": longest}})
    try:
        co_carrier._meta.get_field(name).clean(value, co_carrier)
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from error


def _say_why(co_carrier: CoCarrier, reason: str, *, is_owed: bool = False) -> None:
    reason = reason.strip()
    if is_owed and not reason:
        raise ValidationError({"reason": _("Say in a sentence why your authority joins: everybody reads it.")})
    _check_field(co_carrier, "reason", reason)
    co_carrier.reason = reason


def _in_words(co_carrier: CoCarrier, error: CrossesThresholdError, person: AbstractUser) -> ValidationError:
    """What to do about it: for the lead, who reads the sum, or for who would join, who may not."""
    if error.is_split and may_see_value(person, co_carrier.need):
        return JoiningCrossesError(error.messages)
    threshold, name = error.threshold, co_carrier.organisation.name
    amount = number_format(threshold.amount, force_grouping=True)
    words = {"organisation": name, "amount": amount, "article": threshold.article}
    if may_see_value(person, co_carrier.need):
        said = _(
            "%(organisation)s cannot join as long as this is a direct enquiry: change the mode to sourcing, or refuse."
        )
        return JoiningCrossesError([*error.messages, said % words])
    said = _(
        "With your authority, this purchase would reach the threshold of the law (%(amount)s € without tax, "
        "%(article)s): a direct enquiry is not possible any more. The lead authority is told; you can join once it has "
        "changed the mode to sourcing. Until then, you can say that your authority has this need too."
    )
    return JoiningCrossesError(said % words)
