"""What an outcome asks of the responses and of the co-carriers, besides what the lifecycle's table says."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metropole.board.enums import CoCarrierState, NeedMode, Outcome, PurchaseKind, ThresholdKey
from metropole.board.lifecycle.attempts import Attempt
from metropole.board.lifecycle.registry import register_guard
from metropole.board.lifecycle.services import refusals
from metropole.board.models import CoCarrier, Need, Threshold
from metropole.board.thresholds import in_force

from ..enums import Verdict
from ..models import Decision, Declaration, Exchange
from .panel import deposited

JUDGED = ("adopt", "publish_synthesis", "find_none_suitable")
"""The outcomes that answer each respondent."""
OUTCOMES = (*JUDGED, "abandon", "launch_consultation")
MOST_EUROS = 2**31 - 1


@register_guard(
    "decided_without_conflict", gettext_lazy("Who records it has declared no conflict of interest."), *OUTCOMES
)
def decided_without_conflict(attempt: Attempt) -> None:
    conflicts = Declaration.objects.filter(need=attempt.need, has_conflict=True)
    if attempt.person is not None and conflicts.filter(person=attempt.person).exists():
        raise ValidationError(_("You have declared a conflict of interest: a colleague records the outcome."))


@register_guard("no_response_is_unread", gettext_lazy("Somebody of the panel has opened each response."), *JUDGED)
def no_response_is_unread(attempt: Attempt) -> None:
    if unread := deposited(attempt.need).filter(readings=None).count():
        said = ngettext("%(count)d response is unread.", "%(count)d responses are unread.", unread)
        raise ValidationError(said % {"count": unread})


@register_guard(
    "every_response_has_its_decision",
    gettext_lazy("Each response has its decision, with the reason that its organisation reads."),
    *JUDGED,
)
def every_response_has_its_decision(attempt: Attempt) -> None:
    if left := deposited(attempt.need).filter(decision=None).count():
        said = ngettext("%(count)d response has no decision yet.", "%(count)d responses have no decision yet.", left)
        raise ValidationError(said % {"count": left})


@register_guard(
    "decisions_fit_outcome",
    gettext_lazy("A response is retained where a solution is adopted, and only there; one alone unless it was said."),
    *OUTCOMES,
)
def decisions_fit_outcome(attempt: Attempt) -> None:
    count = retained(attempt.need).count()
    if attempt.step.name != "adopt":
        if count:
            raise ValidationError(_("A response is retained: change that decision, or adopt its solution."))
    elif not count:
        raise ValidationError(_("No response is retained: say which one is."))
    elif count > 1 and not attempt.need.several_retained:
        raise ValidationError(_("This need takes one response alone: several are retained."))


@register_guard("exchanges_are_over", gettext_lazy("The time of those who were asked for more is over."), *JUDGED)
def exchanges_are_over(attempt: Attempt) -> None:
    if Exchange.objects.filter(need=attempt.need, due_at__gt=attempt.now).exists():
        raise ValidationError(_("Respondents still have time to answer what you asked them."))


@register_guard("synthesis_is_written", gettext_lazy("The synthesis is written, without secrets."), "publish_synthesis")
def synthesis_is_written(attempt: Attempt) -> None:
    if not str(attempt.details.get("synthesis") or "").strip():
        raise ValidationError({"synthesis": _("Write what you learnt from the market, without any firm’s secrets.")})


@register_guard(
    "route_is_chosen",
    gettext_lazy("The route of the purchase is chosen, and its amount is below the threshold of the law."),
    "adopt",
)
def route_is_chosen(attempt: Attempt) -> None:
    route, amount = attempt.details.get("route"), attempt.details.get("amount")
    if route not in routes(attempt.need):
        raise ValidationError({"route": _("Choose the route of the purchase.")})
    if not isinstance(amount, int) or not 0 <= amount <= MOST_EUROS:
        raise ValidationError({"amount": _("Give the amount in euros without tax.")})
    threshold = threshold_of(route, attempt.now)
    if threshold is None:
        raise ValidationError({"route": _("No threshold of the law is known for today: ask the Métropole.")})
    if amount >= threshold.amount:
        words = {"amount": number_format(threshold.amount, force_grouping=True), "article": threshold.article}
        raise ValidationError({"amount": _("This route is open below %(amount)s € (%(article)s).") % words})
    if route == ThresholdKey.INNOVATIVE and not str(attempt.details.get("innovation_reason") or "").strip():
        raise ValidationError({"innovation_reason": _("Say why the solution is new or significantly improved.")})


@register_guard(
    "same_firm_is_confirmed",
    gettext_lazy("Where this authority retained the same firm before, it confirms that it knows (R. 2122-8)."),
    "adopt",
)
def same_firm_is_confirmed(attempt: Attempt) -> None:
    firms = retained_before(attempt.need)
    if firms and not attempt.details.get("repeat_confirmed"):
        words = {"firms": ", ".join(firms)}
        said = _(
            "Your authority has retained %(firms)s before, without competition: the law asks not to contract with the "
            "same firm systematically (article R. 2122-8). Confirm that this is a relevant choice."
        )
        raise ValidationError({"repeat_confirmed": said % words})


@register_guard("veto_was_read", gettext_lazy("The notes of co-carriers against it are read, and answered."))
def veto_was_read(attempt: Attempt) -> None:
    answers = attempt.details.get("veto_answers") or {}
    for note in veto_notes(attempt.need):
        if not str(answers.get(note.key) or "").strip():
            words = {"organisation": note.organisation}
            raise ValidationError({"veto_answers": _("Answer the note of %(organisation)s.") % words})


@dataclass(frozen=True)
class VetoNote:
    """What a co-carrier holds against an outcome. ``key`` changes with the note: an answer is to what was read."""

    key: str
    organisation: str
    text: str


def veto_notes(need: Need) -> list[VetoNote]:
    accepted = CoCarrier.objects.filter(need=need, state=CoCarrierState.ACCEPTED).exclude(veto="")
    return [
        VetoNote(f"{one.pk}-{int(one.veto_at.timestamp()) if one.veto_at else 0}", one.organisation.name, one.veto)
        for one in accepted.select_related("organisation")
    ]


def retained(need: Need) -> QuerySet[Decision]:
    return Decision.objects.filter(response__need=need, verdict=Verdict.RETAINED)


def retained_before(need: Need) -> list[str]:
    """Of the firms that are retained now, those that its authority has retained before, in a direct enquiry."""
    now = retained(need).values("response__organisation")
    before = Decision.objects.filter(
        verdict=Verdict.RETAINED,
        told_at__isnull=False,
        response__organisation__in=now,
        response__need__organisation=need.organisation_id,
        response__need__outcome=Outcome.ADOPTED,
        response__need__mode=NeedMode.DIRECT,
    ).exclude(response__need=need)
    return sorted({one.response.organisation.name for one in before.select_related("response__organisation")})


def routes(need: Need) -> list[ThresholdKey]:
    """By which a direct enquiry may end in a purchase made outside of this site."""
    works = need.purchase_kind == PurchaseKind.WORKS
    usual = ThresholdKey.DISPENSATION_WORKS if works else ThresholdKey.DISPENSATION_SUPPLIES
    return [usual, ThresholdKey.INNOVATIVE]


def threshold_of(route: str, now: dt.datetime | None = None) -> Threshold | None:
    return in_force(ThresholdKey(route), now.date() if now else None)


def lacking(need: Need, step: str, person: AbstractUser) -> list[str]:
    """What an outcome lacks besides what its own form asks for."""
    filled = {
        "route": routes(need)[0],
        "amount": 0,
        "synthesis": "–",
        "url": "–",
        "repeat_confirmed": True,
        "veto_answers": {note.key: "–" for note in veto_notes(need)},
    }
    return refusals(need, step, person, **filled)
