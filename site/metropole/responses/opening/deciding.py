"""What the lead authority decides on each response: recorded for the panel alone, told to all with the outcome."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.board.enums import NeedMode
from metropole.board.lifecycle.services import locked
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy

from ..enums import Verdict
from ..models import Decision, Reading, Response
from .enums import VERDICTS, Ground
from .panel import names_are_shown


@transaction.atomic
def decide(response: Response, person: AbstractUser, verdict: str, reason: str, ground: str = "") -> Decision:
    """Records a decision, or another one in its place. Raises PermissionDenied, ValidationError."""
    need = locked(response.need)
    response = Response.objects.select_related("organisation").get(pk=response.pk)
    response.need = need
    policy.require(person, "response.decide", response)
    _check(response, verdict, reason, ground)
    is_sole = verdict == Verdict.RETAINED and not need.several_retained
    if is_sole and Decision.objects.filter(sole_of=need).exclude(response=response).exists():
        raise ValidationError({"verdict": _("Another response is retained already, and this need takes one alone.")})
    values = {
        "verdict": verdict,
        "ground": ground if verdict == Verdict.INADMISSIBLE else "",
        "reason": reason.strip(),
        "recorded_by": person,
        "recorded_at": timezone.now(),
        "sole_of": need if is_sole else None,
    }
    return Decision.objects.update_or_create(response=response, defaults=values)[0]


def _check(response: Response, verdict: str, reason: str, ground: str) -> None:
    if verdict not in VERDICTS.get(NeedMode(response.need.mode), ()):
        raise ValidationError({"verdict": _("Choose one of these decisions.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: who responded reads it.")})
    if verdict == Verdict.INADMISSIBLE and ground not in Ground.values:
        raise ValidationError({"ground": _("Say on which ground it is not admissible.")})
    if not Reading.objects.filter(response=response).exists():
        raise TransitionRefusedError(_("Nobody of the panel has opened this response yet."))
    if verdict != Verdict.INADMISSIBLE and not names_are_shown(response.need):
        raise TransitionRefusedError(
            _("The panel reads without names first: each finishes their notes before anything is decided.")
        )
