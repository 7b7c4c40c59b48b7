"""How a shortlist is drawn up, and locked for good."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.core.audit import record, register_action
from metropole.core.policy import policy

from ..models import SolutionPage
from .copying import copy_of, digest_of
from .enums import Verdict
from .models import Shortlist, ShortlistedSolution
from .transitions import LIFECYCLE

DRAWN_UP = "catalogue.shortlist.draw_up"
CHANGED = "catalogue.shortlist.change"
DELETED = "catalogue.shortlist.delete"
MOST_SOLUTIONS = 40


class NotReadyError(ValidationError):
    """Something is missing before it can be locked."""


def register_actions() -> None:
    register_action(DRAWN_UP, gettext_lazy("begin a shortlist"))
    register_action(CHANGED, gettext_lazy("change a shortlist"))
    register_action(DELETED, gettext_lazy("delete a shortlist"))


@transaction.atomic
def draw_up(shortlist: Shortlist, person: AbstractUser, pages: Iterable[SolutionPage] = ()) -> Shortlist:
    """Keeps a new shortlist, with the solutions to consider."""
    policy.require(person, "shortlist.draw_up", shortlist.organisation)
    shortlist.drawn_up_by = person
    shortlist.save()
    _add(shortlist, pages)
    record(shortlist, DRAWN_UP, person, organisation=shortlist.organisation)
    return shortlist


@transaction.atomic
def change(shortlist: Shortlist, fields: Collection[str], person: AbstractUser) -> None:
    """Keeps what was changed of its own words."""
    _hold(shortlist, person)
    shortlist.save(update_fields=[*fields, "updated_at"])
    record(shortlist, CHANGED, person, organisation=shortlist.organisation, after=sorted(fields))


@transaction.atomic
def consider(shortlist: Shortlist, pages: Iterable[SolutionPage], person: AbstractUser) -> None:
    """Adds solutions, each once. Raises ValidationError when there are too many."""
    _hold(shortlist, person)
    _add(shortlist, pages)
    shortlist.save(update_fields=["updated_at"])


@transaction.atomic
def judge(considered: ShortlistedSolution, person: AbstractUser) -> None:
    """Keeps the outcome and the reason that were set on it."""
    _hold(considered.shortlist, person)
    considered.save(update_fields=["verdict", "reason"])
    after = {"solution": considered.title, "verdict": considered.verdict}
    record(considered.shortlist, CHANGED, person, organisation=considered.shortlist.organisation, after=after)


@transaction.atomic
def forget(considered: ShortlistedSolution, person: AbstractUser) -> None:
    """Takes a solution off the list."""
    _hold(considered.shortlist, person)
    before = {"solution": considered.title, "verdict": considered.verdict}
    record(considered.shortlist, CHANGED, person, organisation=considered.shortlist.organisation, before=before)
    considered.delete()


@transaction.atomic
def delete(shortlist: Shortlist, person: AbstractUser) -> None:
    """A draft alone."""
    _hold(shortlist, person)
    record(shortlist, DELETED, person, organisation=shortlist.organisation)
    shortlist.delete()


@transaction.atomic
def lock(shortlist: Shortlist, person: AbstractUser) -> None:
    """Freezes it, with the sheets as they are this minute. Raises NotReadyError, TransitionRefusedError."""
    _hold(shortlist, person)
    if missing := missing_to_lock(shortlist):
        raise NotReadyError(missing)
    shortlist.locked_at = timezone.now()
    shortlist.content = copy_of(shortlist)
    shortlist.digest = digest_of(shortlist.content)
    LIFECYCLE.apply(shortlist, "lock", person, changed=["locked_at", "content", "digest", "updated_at"])


def missing_to_lock(shortlist: Shortlist) -> list[str]:
    """What it lacks, in words for who draws it up."""
    considered = list(shortlist.considered.all())
    missing = [] if considered else [_("Add at least one solution that you have considered.")]
    for one in considered:
        if one.verdict == Verdict.OPEN:
            missing.append(_("%(title)s: say whether it is kept or left out.") % {"title": one.title})
        elif not one.reason.strip():
            missing.append(_("%(title)s: say why.") % {"title": one.title})
    return missing


def _hold(shortlist: Shortlist, person: AbstractUser) -> None:
    """Its row, held: who changes it while somebody locks it comes too late, and is refused."""
    shortlist.state = (
        Shortlist.objects.select_for_update(of=("self",)).values_list("state", flat=True).get(pk=shortlist.pk)
    )
    policy.require(person, "shortlist.edit", shortlist)


def _add(shortlist: Shortlist, pages: Iterable[SolutionPage]) -> None:
    known: set[UUID] = set(shortlist.considered.values_list("solution_key", flat=True))
    new = {page.translation_key: page for page in pages if page.translation_key not in known}
    if len(known) + len(new) > MOST_SOLUTIONS:
        raise ValidationError(_("A shortlist holds %(most)d solutions at most.") % {"most": MOST_SOLUTIONS})
    ShortlistedSolution.objects.bulk_create(
        ShortlistedSolution(shortlist=shortlist, solution_key=key, title=page.title) for key, page in new.items()
    )
