"""What is done about a sheet whose publisher was not there when it was drawn up. Each service locks the sheet."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.contributions.services import hand_over
from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.moderation.enums import Review
from metropole.moderation.services import locked, reason_of
from metropole.moderation.states import review_of
from metropole.organisations.models import Organisation

from ..models.solution import SolutionPage
from . import notices
from .models import Takeover
from .policy import refusal
from .transitions import ASK, TAKEOVERS

_DECISION = ("decided_by", "decided_at", "answer")


def original_of(solution: SolutionPage) -> SolutionPage:
    """The sheet as it was written, whichever language it is read in."""
    versions = SolutionPage.objects.filter(translation_key=solution.translation_key)
    return versions.filter(locale__language_code=settings.LANGUAGE_CODE).first() or solution


@transaction.atomic
def ask(
    solution: SolutionPage, organisation: Organisation, person: AbstractUser, proof: str, siret: str = ""
) -> Takeover:
    """Says that a sheet is of an organisation's own solution. Raises TransitionRefusedError, PermissionDenied."""
    solution, proof = locked(original_of(solution)), reason_of(proof)
    policy.require(person, "takeover.ask", organisation)
    if not proof:
        raise TransitionRefusedError({"proof": _("Say what shows that it is yours: the editors look at it.")})
    _refuse(refusal(solution, organisation))
    waiting = Takeover.objects.asked().filter(solution=solution).first()
    if waiting:
        own = _("Your organisation has already asked for this sheet.")
        other = _("Another organisation has asked for this sheet: the editors answer it first.")
        _refuse(own if waiting.organisation_id == organisation.pk else other)
    asked = Takeover.objects.create(
        solution=solution, organisation=organisation, proof=proof, siret=siret, asked_by=person
    )
    record(asked, ASK, person, organisation=organisation, after={"state": asked.state})
    return asked


@transaction.atomic
def accept(takeover: Takeover, person: AbstractUser) -> None:
    """The organisation is the publisher from now on; the sheet is its own, to be completed as a contribution."""
    solution = locked(takeover.solution)
    _refuse(refusal(solution, takeover.organisation))
    if review_of(solution) != Review.NONE:
        _refuse(_("A new version of this sheet is being reviewed: decide on it first."))
    _decided(takeover, person)
    TAKEOVERS.apply(takeover, "accept", person, changed=_DECISION)
    _give(solution, takeover.organisation, person)
    hand_over(solution, takeover.organisation)
    notices.accepted(takeover)


@transaction.atomic
def refuse(takeover: Takeover, person: AbstractUser, reason: str) -> None:
    _decided(takeover, person, reason_of(reason))
    TAKEOVERS.apply(takeover, "refuse", person, reason=takeover.answer, changed=_DECISION)
    notices.refused(takeover)


def withdraw(takeover: Takeover, person: AbstractUser) -> None:
    TAKEOVERS.apply(takeover, "withdraw", person)


def _refuse(reason: str) -> None:
    if reason:
        raise TransitionRefusedError(reason)


def _decided(takeover: Takeover, person: AbstractUser, answer: str = "") -> None:
    takeover.decided_by, takeover.decided_at, takeover.answer = person, timezone.now(), answer


def _give(solution: SolutionPage, organisation: Organisation, person: AbstractUser) -> None:
    """What is online says so at once, in all languages; a draft that editors were writing goes on after it."""
    draft = solution.get_latest_revision_as_object() if solution.has_unpublished_changes else None
    _name(solution, organisation)
    solution.save_revision(user=person, clean=False).publish(user=person, skip_permission_checks=True)
    if draft:
        _name(draft, organisation)
        draft.save_revision(user=person, clean=False)


def _name(solution: SolutionPage, organisation: Organisation) -> None:
    solution.publisher = organisation
    solution.organisations = [organisation, *(other for other in solution.organisations.all() if other != organisation)]
