"""What an outcome writes down besides the need itself: the decisions are told at its very instant, its file frozen."""

from metropole.board.enums import Outcome
from metropole.board.lifecycle.attempts import Attempt
from metropole.board.lifecycle.registry import register_effect, register_listener
from metropole.board.models import Need

from ..enums import Verdict
from ..models import Conclusion, Decision, Response
from ..reading import deposit_of
from . import following, notices
from .bundle import bundle_of, digest_of
from .outcome_guards import OUTCOMES, threshold_of, veto_notes
from .panel import deposited


def standing(need: Need) -> Conclusion | None:
    """What stands behind the outcome of a need."""
    return Conclusion.objects.filter(need=need, cleared_at=None).select_related("threshold").first()


@register_effect(*OUTCOMES)
def concluded(attempt: Attempt) -> None:
    """In the order of the effects, the outcome is set on the need already."""
    need, details = attempt.need, attempt.details
    responses = list(deposited(need)) if need.opened_at else []
    count = len(responses) if need.opened_at else None
    synthesis = str(details.get("synthesis") or "").strip()
    bundle = bundle_of(need, synthesis=synthesis, count=count)
    adopts = need.outcome == Outcome.ADOPTED
    Conclusion.objects.create(
        need=need,
        outcome=need.outcome,
        at=attempt.now,
        responses_count=count,
        route=details["route"] if adopts else "",
        threshold=threshold_of(details["route"], attempt.now) if adopts else None,
        amount=details["amount"] if adopts else None,
        innovation_reason=str(details.get("innovation_reason") or "").strip() if adopts else "",
        synthesis=synthesis,
        is_repeat_confirmed=adopts and bool(details.get("repeat_confirmed")),
        veto_answers=_veto_answers(attempt),
        said=[row for response in responses if (row := _said(response))],
        bundle=bundle,
        digest=digest_of(bundle),
    )
    Decision.objects.filter(response__need=need).update(told_at=attempt.now)
    if adopts:
        following.begin(need, responses)


@register_effect("clear_outcome")
def cleared(attempt: Attempt) -> None:
    """What was told is no decision any more: each stays recorded, may be changed, and is told anew with the next."""
    need = attempt.need
    Conclusion.objects.filter(need=need, cleared_at=None).update(cleared_at=attempt.now)
    Decision.objects.filter(response__need=need).update(told_at=None)
    following.forget(need)


def told(attempt: Attempt) -> None:
    """Listener: each respondent reads their own decision."""
    if attempt.step.name not in OUTCOMES:
        return
    conclusion = standing(attempt.need)
    for decision in Decision.objects.filter(response__need=attempt.need).select_related("response"):
        decision.response.need = attempt.need
        notices.decided(decision, conclusion)


def register() -> None:
    register_listener(told)


def _said(response: Response) -> dict[str, object] | None:
    """What its organisation agreed to have published: its name only where it is retained."""
    deposit = deposit_of(response)
    if deposit is None:
        return None
    decision = getattr(response, "decision", None)
    is_retained = decision is not None and decision.verdict == Verdict.RETAINED
    name = response.organisation.name if is_retained and deposit.name_may_be_published else ""
    text = deposit.publishable
    return {"name": name, "text": text, "is_retained": is_retained} if name or text else None


def _veto_answers(attempt: Attempt) -> list[dict[str, str]]:
    answers = attempt.details.get("veto_answers") or {}
    return [
        {"organisation": note.organisation, "note": note.text, "answer": str(answers.get(note.key, "")).strip()}
        for note in veto_notes(attempt.need)
    ]
