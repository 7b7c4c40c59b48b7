"""How the panel reads: each declares their interests, opens, notes; then the lead writes what all think together."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.board.lifecycle.effects import original_text
from metropole.board.lifecycle.services import locked
from metropole.board.models import Need
from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy

from ..models import Declaration, Note, Opinion, Reading, Response
from .enums import Mark

DECLARED = "board.need.declare_interests"
Row = dict[str, str]


@transaction.atomic
def declare(need: Need, person: AbstractUser, *, has_conflict: bool, statement: str = "") -> Declaration:
    """Says whether one has an interest. A conflict closes the responses to its person, and is not taken back."""
    need = locked(need)
    policy.require(person, "panel.declare", need)
    if has_conflict and not statement.strip():
        raise ValidationError({"statement": _("Say which interest, in a sentence: it is kept with the file.")})
    known = Declaration.objects.filter(need=need, person=person).first()
    if known and known.has_conflict:
        raise TransitionRefusedError(_("You have declared a conflict of interest: it stands."))
    declaration = known or Declaration(need=need, person=person)
    declaration.has_conflict, declaration.statement = has_conflict, statement.strip()
    declaration.declared_at = timezone.now()
    declaration.save()
    record(need, DECLARED, person, organisation=need.organisation)
    return declaration


@transaction.atomic
def opened_by(response: Response, person: AbstractUser) -> None:
    """Notes that somebody of the panel has a response before them, the first time."""
    policy.require(person, "response.read", response)
    Reading.objects.get_or_create(response=response, person=person)


def criteria_of(need: Need) -> list[str]:
    """What is looked at, in order: the essential criteria, the desirable ones, then those that weigh."""
    text = original_text(need)
    weighed = [str(row.get("criterion", "")) for row in need.weightings]
    return list(dict.fromkeys([*text.essential, *text.desirable, *filter(None, weighed)]))


@transaction.atomic
def note(response: Response, person: AbstractUser, points: Sequence[Row], text: str, *, is_finished: bool) -> Note:
    """Keeps somebody's own notes. Raises PermissionDenied once the common opinion is begun, ValidationError."""
    response = _fresh(response)
    if hasattr(response, "opinion"):
        raise TransitionRefusedError(_("The common opinion is begun: notes are not changed any more."))
    policy.require(person, "response.note", response)
    kept = Note.objects.filter(response=response, person=person).first() or Note(response=response, person=person)
    kept.points, kept.text = _cleaned(response.need, points), text.strip()
    if is_finished:
        _require_all_marked(kept.points)
    kept.finished_at = (kept.finished_at or timezone.now()) if is_finished else None
    kept.save()
    return kept


@transaction.atomic
def opine(response: Response, person: AbstractUser, points: Sequence[Row], text: str) -> Opinion:
    """Begins the common opinion, or changes it: from then on the notes are read by the whole panel, and stand."""
    response = _fresh(response)
    policy.require(person, "response.opine", response)
    opinion = getattr(response, "opinion", None)
    if opinion is None and not Note.objects.filter(response=response, person=person, finished_at__isnull=False):
        raise TransitionRefusedError(_("Finish your own notes first: each reads alone before all speak."))
    opinion = opinion or Opinion(response=response)
    opinion.points, opinion.text, opinion.written_by = _cleaned(response.need, points), text.strip(), person
    if not opinion.text:
        raise ValidationError({"text": _("Say on the whole what the panel thinks.")})
    opinion.save()
    return opinion


def notes_for(response: Response, person: AbstractUser) -> list[Note]:
    """The notes that a person of the panel may read: their own; those of all once the common opinion is begun."""
    found = Note.objects.filter(response=response).select_related("person")
    return list(found if hasattr(response, "opinion") else found.filter(person=person))


def _fresh(response: Response) -> Response:
    """As the database has it, its need kept from others."""
    need = locked(response.need)
    fresh = Response.objects.select_related("organisation", "opinion").get(pk=response.pk)
    fresh.need = need
    return fresh


def _cleaned(need: Need, points: Sequence[Row]) -> list[Row]:
    """One row for each criterion, whatever was sent."""
    given = {str(row.get("criterion", "")): row for row in points}
    return [
        {
            "criterion": criterion,
            "mark": mark if (mark := given.get(criterion, {}).get("mark", "")) in Mark.values else "",
            "comment": str(given.get(criterion, {}).get("comment", ""))[:1000].strip(),
        }
        for criterion in criteria_of(need)
    ]


def _require_all_marked(points: Sequence[Row]) -> None:
    if missing := [row["criterion"] for row in points if not row["mark"]]:
        words = {"criteria": ", ".join(missing)}
        raise ValidationError(_("To finish, say what you find on each criterion: %(criteria)s") % words)
