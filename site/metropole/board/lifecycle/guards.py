"""What each step of a need asks, in the order of the lifecycle's table; other parts of the board add theirs."""

import datetime as dt
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.moderation.working_days import is_working_day

from ..completeness import lacking
from ..enums import NeedMode
from .attempts import Attempt
from .registry import register_guard

SHORTEST = {NeedMode.SOURCING: dt.timedelta(days=15), NeedMode.DIRECT: dt.timedelta(days=10)}
"""How long companies have at least to respond: the board's own choice."""
WORKING_DAYS_TO_ANSWER = 5
LATEST_HOUR, LAST_MINUTE = dt.time(17), dt.time(23, 59)
TIME_AFTER_CHANGE = dt.timedelta(days=7)
TIME_TO_CLEAR = dt.timedelta(days=30)


@register_guard("is_complete", gettext_lazy("Everything that is owed is filled in; weightings add up to 100."))
def is_complete(attempt: Attempt) -> None:
    need = attempt.need
    original = need.texts.filter(locale__language_code=need.language).first()
    if found := lacking(need, original):
        raise ValidationError(found)


@register_guard(
    "alternatives_were_shown",
    gettext_lazy("Needs to join, and solutions and practices that may already answer, were shown to the author."),
)
def alternatives_were_shown(attempt: Attempt) -> None:
    if attempt.need.alternatives_shown_at is None:
        raise ValidationError(_("Look first at what may already answer: needs to join, solutions, practices."))


@register_guard(
    "early_contacts_are_said",
    gettext_lazy("The register of early contacts with the market is filled in, or says that there was none."),
)
def early_contacts_are_said(attempt: Attempt) -> None:
    need = attempt.need
    if need.early_contacts and need.no_early_contacts:
        raise ValidationError({"no_early_contacts": _("You name contacts, and say that there was none: choose.")})
    if not need.early_contacts and not need.no_early_contacts:
        raise ValidationError(
            {"early_contacts": _("Name the companies that you have already met on this subject, or say: none.")}
        )


@register_guard(
    "lasts_long_enough",
    gettext_lazy("Companies have 15 days at least to respond to a sourcing, 10 to a direct enquiry."),
)
def lasts_long_enough(attempt: Attempt) -> None:
    shortest, closes_at = SHORTEST.get(NeedMode(attempt.need.mode)), attempt.need.closes_at
    if shortest and closes_at and closes_at - attempt.now < shortest:
        words = {"days": shortest.days}
        raise ValidationError({"closes_at": _("Leave %(days)d days at least between publication and closing.") % words})


@register_guard(
    "closing_is_reachable",
    gettext_lazy("It closes on a working day, at 17:00 at the latest or at 23:59, Paris time, and not in the past."),
)
def closing_is_reachable(attempt: Attempt) -> None:
    closes_at = attempt.details.get("closes_at") or attempt.need.closes_at
    if closes_at and (why := why_unreachable(closes_at, attempt.now)):
        raise ValidationError({"closes_at": why})


def why_unreachable(closes_at: dt.datetime, now: dt.datetime) -> str:
    """Why a need cannot close at an instant; "" where it can."""
    local = timezone.localtime(closes_at)
    if closes_at <= now:
        return _("This instant is past.")
    if not is_working_day(local.date()):
        return _("This is no working day: choose another one.")
    if local.time() > LATEST_HOUR and local.time().replace(second=0, microsecond=0) != LAST_MINUTE:
        return _("Close at 17:00 at the latest, or at 23:59.")
    return ""


@register_guard(
    "questions_end_in_time",
    gettext_lazy("Questions close 5 working days before the need, and are answered before it closes."),
)
def questions_end_in_time(attempt: Attempt) -> None:
    need = attempt.need
    if need.mode == NeedMode.REFERRAL or None in (need.questions_close_at, need.answers_due_at, need.closes_at):
        return
    if need.questions_close_at > latest_questions(need.closes_at):
        words = {"days": WORKING_DAYS_TO_ANSWER}
        raise ValidationError({"questions_close_at": _("Questions close %(days)d working days before.") % words})
    if not need.questions_close_at <= need.answers_due_at <= need.closes_at:
        raise ValidationError({"answers_due_at": _("Answers are due after the last questions, before the closing.")})


def latest_questions(closes_at: dt.datetime) -> dt.datetime:
    """The last instant at which questions may close: the hour of the closing, 5 working days before."""
    local = timezone.localtime(closes_at)
    days = (local.date() - dt.timedelta(days=passed) for passed in range(1, 60))
    day = next(islice(filter(is_working_day, days), WORKING_DAYS_TO_ANSWER - 1, None))
    return timezone.make_aware(dt.datetime.combine(day, local.time()))


@register_guard("never_shortens", gettext_lazy("The closing moves to a later instant, never to an earlier one."))
def never_shortens(attempt: Attempt) -> None:
    closes_at = attempt.details.get("closes_at")
    is_extension = attempt.step.name == "extend"
    if closes_at is None and not is_extension:
        return
    if (
        closes_at is None
        or closes_at < attempt.need.closes_at
        or (is_extension and closes_at == attempt.need.closes_at)
    ):
        raise ValidationError({"closes_at": _("The closing can only be put off: give a later instant.")})


@register_guard(
    "material_change_leaves_time",
    gettext_lazy("After a material change, companies have 7 days at least until the closing."),
)
def material_change_leaves_time(attempt: Attempt) -> None:
    closes_at = attempt.details.get("closes_at") or attempt.need.closes_at
    if attempt.details.get("is_material") and closes_at - attempt.now < TIME_AFTER_CHANGE:
        words = {"days": TIME_AFTER_CHANGE.days}
        raise ValidationError(
            {"closes_at": _("This changes what companies answer: put the closing off, %(days)d days from now.") % words}
        )


@register_guard("withdrawal_was_asked", gettext_lazy("Its authority has asked for it, with a reason."))
def withdrawal_was_asked(attempt: Attempt) -> None:
    if attempt.need.withdrawal_asked_at is None:
        raise ValidationError(_("Its authority has not asked to withdraw this need."))


@register_guard("was_never_submitted", gettext_lazy("It was never submitted."))
def was_never_submitted(attempt: Attempt) -> None:
    need = attempt.need
    if need.submitted_at or need.returned_at or need.published_at:
        raise ValidationError(_("The moderators have read this need: it is not deleted any more."))


@register_guard("outcome_is_recent", gettext_lazy("Once, within 30 days."))
def outcome_is_recent(attempt: Attempt) -> None:
    need = attempt.need
    if need.outcome_cleared_at:
        raise ValidationError(_("The outcome of this need was taken back once already."))
    if attempt.now - need.outcome_at > TIME_TO_CLEAR:
        words = {"days": TIME_TO_CLEAR.days}
        raise ValidationError(_("The outcome was recorded more than %(days)d days ago: it stands.") % words)


@register_guard("has_no_referral", gettext_lazy("Responses are given here: not to a referral."))
def has_no_referral(attempt: Attempt) -> None:
    if attempt.need.mode == NeedMode.REFERRAL:
        raise ValidationError(_("This need refers to an official consultation: nobody responds here."))


@register_guard("is_direct_enquiry", gettext_lazy("The need is a direct enquiry: a sourcing awards nothing."))
def is_direct_enquiry(attempt: Attempt) -> None:
    if attempt.need.mode != NeedMode.DIRECT:
        raise ValidationError(_("A sourcing awards nothing: publish its synthesis."))


@register_guard("is_sourcing", gettext_lazy("The need is a sourcing."))
def is_sourcing(attempt: Attempt) -> None:
    if attempt.need.mode != NeedMode.SOURCING:
        raise ValidationError(_("Only a sourcing ends with a synthesis."))


@register_guard("consultation_is_linked", gettext_lazy("The address of the official consultation is given."))
def consultation_is_linked(attempt: Attempt) -> None:
    if not attempt.details.get("url"):
        raise ValidationError({"url": _("Give the address of the consultation on the buyer profile.")})


@register_guard("has_no_other_outcome", gettext_lazy("It has no outcome yet."))
def has_no_other_outcome(attempt: Attempt) -> None:
    if attempt.need.outcome:
        raise ValidationError(_("The outcome of this need is recorded already."))
