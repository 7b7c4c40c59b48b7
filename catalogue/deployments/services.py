"""What people do to deployments. Each service locks the authority's row, asks the policy, and changes all or nothing.

Forms, the admin and the data of the demonstration all come through here.
"""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from . import notices
from .enums import DeploymentState, Stage
from .models import STATED, Deployment, DeploymentStage
from .policy import refusal, refusal_of_person
from .statements import Said, Source, check
from .transitions import DECLARE, DRAW_UP, NEXT_STAGES, STAGES

CONFIRMATION = ("confirmed_by", "confirmed_at", "stood_in")


class RefusedError(ValidationError):
    """This organisation, or this person, cannot declare that it uses this solution: its message says why."""


class AlreadyThereError(ValidationError):
    """The authority has a deployment of this solution already: it is seen to there."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        super().__init__(_("Your authority has already said that it uses this solution: change what is there."))


@transaction.atomic
def declare(solution: Page, organisation: Organisation, said: Said, person: AbstractUser) -> Deployment:
    """Has an agent say that their authority uses a solution: everybody reads it once a colleague has confirmed it.

    Saying the same twice changes nothing. Raises RefusedError, PermissionDenied, AlreadyThereError, ValidationError.
    """
    solution, organisation = original_of(solution), _locked(organisation)
    if why := refusal(solution, organisation) or refusal_of_person(solution, person):
        raise RefusedError(why)
    deployment = Deployment(solution=solution, organisation=organisation, declared_by=person, **said.stated)
    policy.require(person, "deployment.declare", deployment)
    check(said)
    if known := _standing(deployment):
        if known.state == DeploymentState.DECLARED and known.declared_by == person and known.said == deployment.said:
            return known
        raise AlreadyThereError(known)
    _check_apart_from_others(deployment, said)
    deployment.save(force_insert=True)
    _add_stage(deployment, said, person)
    return deployment


@transaction.atomic
def change(deployment: Deployment, said: Said, person: AbstractUser) -> DeploymentStage:
    """Declares another stage of a deployment, its end, or a correction: a colleague confirms it, as at the beginning.

    Meanwhile everybody goes on reading what was confirmed. What waits already is written anew.
    """
    deployment = _fresh(deployment)
    policy.require(person, "deployment.change", deployment)
    if not (deployment.is_public or deployment.state == DeploymentState.DECLARED):
        raise TransitionRefusedError(_("This declaration was refused or taken back: declare it anew."))
    check(said)
    waiting = deployment.waiting
    if waiting and _says_the_same(waiting, said):
        return waiting
    _check_follows(deployment, said)
    _check_apart_from_others(deployment, said)
    if waiting:
        STAGES.apply(waiting, "replace", person)
    if not deployment.is_public:
        _take_over_words(deployment, said)
        deployment.declared_by, deployment.declared_at = person, timezone.now()
        deployment.save()
    return _add_stage(deployment, said, person)


@transaction.atomic
def confirm(stage: DeploymentStage, person: AbstractUser) -> None:
    """A second agent says the same, or an authority what was read of it in public sources: everybody reads it."""
    deployment = _fresh(stage.deployment)
    stage = _fresh_stage(stage, deployment)
    said = Said(since=stage.since, **stage.said)
    is_sourced = stage.state == DeploymentState.SOURCED
    if is_sourced:
        _check_complete(said)
    _check_apart_from_others(deployment, said)
    stage.confirmed_by, stage.confirmed_at = person, timezone.now()
    stage.stood_in = not is_sourced and not policy.may(person, "deployment.change", deployment)
    STAGES.apply(stage, "take_over" if is_sourced else "confirm", person, changed=CONFIRMATION)
    for sourced in deployment.stages.filter(state=DeploymentState.SOURCED):
        STAGES.apply(sourced, "supersede", None)
    for name in (*STATED, "declared_by", "declared_at", *CONFIRMATION):
        setattr(deployment, name, getattr(stage, name))
    deployment.state = DeploymentState.CONFIRMED
    deployment.save()
    notices.confirmed(stage)


def says_enough(stage: DeploymentStage) -> bool:
    """Whether an authority may confirm it as it is: sources may leave out what it has to say."""
    if stage.state != DeploymentState.SOURCED:
        return True
    try:
        check(Said(since=stage.since, **stage.said))
    except ValidationError:
        return False
    return True


def _check_complete(said: Said) -> None:
    """Raises TransitionRefusedError where sources leave out what an authority has to say."""
    try:
        check(said)
    except ValidationError as error:
        raise TransitionRefusedError(
            _("The source does not say everything: correct it instead, with the stage and the dates.")
        ) from error


@transaction.atomic
def refuse(stage: DeploymentStage, person: AbstractUser, reason: str) -> None:
    """A second agent does not say the same; or the authority contests what sources say of it."""
    deployment = _fresh(stage.deployment)
    stage = _fresh_stage(stage, deployment)
    is_sourced = stage.state == DeploymentState.SOURCED
    stage.reason = reason.strip()
    _end(stage, deployment, "contest" if is_sourced else "refuse", person, reason)
    if is_sourced:
        notices.contested(stage)
    else:
        notices.refused(stage, person)


def withdraw(stage: DeploymentStage, person: AbstractUser) -> None:
    """The authority takes back what nobody has confirmed yet."""
    _end(stage, stage.deployment, "withdraw", person)


@transaction.atomic
def draw_up(
    solution: Page, organisation: Organisation, said: Said, source: Source, person: AbstractUser | None
) -> Deployment:
    """Writes down what public sources say: everybody reads it, with where it comes from and that nobody confirmed it.

    Raises RefusedError, AlreadyThereError, ValidationError.
    """
    solution, organisation = original_of(solution), _locked(organisation)
    _require_editor(person)
    if why := refusal(solution, organisation):
        raise RefusedError(why)
    check(said, source)
    deployment = Deployment(
        solution=solution,
        organisation=organisation,
        declared_by=person,
        state=DeploymentState.SOURCED,
        **said.stated,
        **vars(source),
    )
    if known := _standing(deployment):
        raise AlreadyThereError(known)
    _check_apart_from_others(deployment, said)
    deployment.save(force_insert=True)
    _sourced_stage(deployment, said, person)
    return deployment


@transaction.atomic
def redraw(deployment: Deployment, said: Said, source: Source, person: AbstractUser | None) -> None:
    """Corrects what was drawn from public sources, as long as its authority has not said anything itself."""
    deployment = _fresh(deployment)
    _require_editor(person)
    if not deployment.is_sourced:
        raise TransitionRefusedError(_("The authority has confirmed it: it alone changes it now."))
    check(said, source)
    _check_apart_from_others(deployment, said)
    former = deployment.stages.get(state=DeploymentState.SOURCED)
    if _says_the_same(former, said) and source == _source_of(deployment):
        return
    former.delete()
    _take_over_words(deployment, said)
    for name, value in vars(source).items():
        setattr(deployment, name, value)
    deployment.declared_by, deployment.declared_at = person, timezone.now()
    deployment.save()
    _sourced_stage(deployment, said, person)


def retract(deployment: Deployment, person: AbstractUser, reason: str) -> None:
    """The editors take back what they drew from public sources."""
    stage = deployment.stages.filter(state=DeploymentState.SOURCED).first()
    if stage is None:
        raise TransitionRefusedError(_("The authority has confirmed it: it alone changes it now."))
    _end(stage, deployment, "retract", person, reason)


def original_of(solution: Page) -> Page:
    """The sheet that stands for all its languages: in the site's main one, or else itself."""
    versions = type(solution).objects.filter(translation_key=solution.translation_key)
    return versions.filter(locale=Locale.get_default()).first() or solution


@transaction.atomic
def _end(
    stage: DeploymentStage, deployment: Deployment, action: str, person: AbstractUser | None, reason: str = ""
) -> None:
    """What is refused or taken back takes its deployment with it, if nothing else is public of it."""
    deployment = _fresh(deployment)
    is_all = stage.state == DeploymentState.SOURCED or not deployment.is_public
    if stage.state == DeploymentState.SOURCED and deployment.waiting:
        raise TransitionRefusedError(_("A correction waits for its confirmation: confirm or refuse it first."))
    STAGES.apply(stage, action, person, reason=reason, changed=["reason"])
    if is_all:
        deployment.state = stage.state
        deployment.save(update_fields=["state"])


def _require_editor(person: AbstractUser | None) -> None:
    """Nobody: the site itself, which builds the demonstration."""
    if person is not None:
        policy.require(person, "deployment.draw_up")


def _add_stage(deployment: Deployment, said: Said, person: AbstractUser) -> DeploymentStage:
    stage = DeploymentStage.objects.create(deployment=deployment, declared_by=person, since=said.since, **said.stated)
    record(stage, DECLARE, person, organisation=deployment.organisation, after=_in_words(said))
    notices.declared(stage)
    return stage


def _sourced_stage(deployment: Deployment, said: Said, person: AbstractUser | None) -> None:
    DeploymentStage.objects.create(
        deployment=deployment, declared_by=person, state=DeploymentState.SOURCED, since=said.since, **said.stated
    )
    record(deployment, DRAW_UP, person, after=_in_words(said), reason=deployment.source)


def _take_over_words(deployment: Deployment, said: Said) -> None:
    for name, value in said.stated.items():
        setattr(deployment, name, value)


def _in_words(said: Said) -> dict[str, str]:
    return {name: str(value) for name, value in vars(said).items() if value}


def _source_of(deployment: Deployment) -> Source:
    return Source(**{name: getattr(deployment, name) for name in Source.__dataclass_fields__})


def _says_the_same(stage: DeploymentStage, said: Said) -> bool:
    return stage.since == said.since and stage.said == said.stated


def _locked(organisation: Organisation) -> Organisation:
    """The authority's row, held: of two who declare at once, the second finds what the first declared."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _fresh(deployment: Deployment) -> Deployment:
    """As it stands now, with its authority's row held."""
    _locked(deployment.organisation)
    return Deployment.objects.select_related("solution", "organisation").get(pk=deployment.pk)


def _fresh_stage(stage: DeploymentStage, deployment: Deployment) -> DeploymentStage:
    stage = DeploymentStage.objects.get(pk=stage.pk)
    stage.deployment = deployment
    return stage


def _others(deployment: Deployment) -> Iterable[Deployment]:
    others = Deployment.objects.standing().filter(solution=deployment.solution, organisation=deployment.organisation)
    return others.exclude(pk=deployment.pk)


def _standing(deployment: Deployment) -> Deployment | None:
    """The one that this would be said twice of."""
    others = _others(deployment)
    same_start = others.filter(started_on=deployment.started_on) if deployment.started_on else others.none()
    running = others.running() if deployment.stage != Stage.STOPPED else others.none()
    return running.first() or same_start.first()


def _check_apart_from_others(deployment: Deployment, said: Said) -> None:
    """Of two deployments of a solution in one authority, the second begins when the first has stopped."""
    for other in _others(deployment):
        both_run = Stage.STOPPED not in (said.stage, other.stage)
        if both_run or _overlap(said, other):
            raise ValidationError({"started_on": _("These days overlap another deployment of the same solution.")})


def _overlap(said: Said, other: Deployment) -> bool:
    if not (said.started_on and other.started_on):
        return False
    end, other_end = said.ended_on or dt.date.max, other.ended_on or dt.date.max
    is_apart = said.started_on >= other_end or other.started_on >= end
    return said.started_on == other.started_on or not is_apart


def _check_follows(deployment: Deployment, said: Said) -> None:
    """Another stage comes after the present one, and later; a correction of it stays after the one before."""
    present = _present(deployment)
    if _says_the_same(present, said):
        raise ValidationError(_("Nothing has changed."))
    if not deployment.is_public:
        return
    if said.stage == present.stage:
        before = deployment.stages.filter(state=deployment.state).exclude(stage=present.stage).in_order().last()
    elif said.stage in NEXT_STAGES[Stage(present.stage)]:
        before = present
    else:
        raise ValidationError({"stage": _("It has stopped: declare anew that your authority uses it.")})
    if before and before.since and said.since and said.since < before.since:
        field = "ended_on" if said.stage == Stage.STOPPED else "since"
        raise ValidationError({field: _("This is before the beginning of the stage that came before.")})


def _present(deployment: Deployment) -> DeploymentStage:
    """What everybody reads of it; what waits, as long as that is all."""
    state = deployment.state
    return deployment.stages.filter(state=state).in_order().last()
