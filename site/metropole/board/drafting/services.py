"""How a need is begun, written, copied, submitted and deleted. Each locks the need's row, then asks the policy."""

import copy as copying
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.contributions.adapters import Typed
from metropole.contributions.conflicts import Merge, Seen, merge
from metropole.contributions.enums import ScanState
from metropole.contributions.files.antivirus import scan
from metropole.contributions.files.check import CheckedFile
from metropole.contributions.files.refusal import FileRefusedError
from metropole.contributions.services import IncompleteError, Missing
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from ..completeness import lacking
from ..enums import WRITABLE, NeedState
from ..lifecycle.attempts import Attempt
from ..lifecycle.guards import alternatives_were_shown, early_contacts_are_said
from ..lifecycle.services import WrongStateError, locked, note, take
from ..lifecycle.table import STEP_BY_NAME
from ..lifecycle.value_guards import mode_fits_value
from ..models import Need, NeedFile
from ..policy import carries, leads
from .alternatives import Group, as_rows
from .forms import cleaned_of, fill, original_of, take_up, typed_of, write
from .steps import CALENDAR, NEED, STEPS, number_of
from .together import refusals_of

MOST_FILES = 20
ALTERNATIVES = "alternatives"
"""Where it is kept what was looked at before buying, among what was typed."""
_OF_ITS_TIME = (ALTERNATIVES, *STEPS[CALENDAR - 1].fields)
_OF_ITS_AUTHORITY = (
    "territories", "value_low", "value_high", "value_is_public", "early_contacts", "no_early_contacts",
    "consultation_url",
)  # fmt: skip


@transaction.atomic
def begin(
    person: AbstractUser,
    organisation: Organisation,
    *,
    typed: Mapping[str, Typed] | None = None,
    copied_from: Need | None = None,
    language: str = "fr",
) -> Need:
    """A new draft of an authority, with what is typed already. Raises PermissionDenied."""
    need = Need(organisation=organisation, author=person, copied_from=copied_from, language=language)
    policy.require(person, "need.begin", need)
    if not organisation.is_authority:
        raise PermissionDenied
    need.slug, need.typed = f"besoin-{token_hex(8)}", dict(typed or {})
    if organisation.territory_id:
        need.typed.setdefault("territories", [str(organisation.territory_id)])
    need.save()
    note(Attempt(need, STEP_BY_NAME["begin"], timezone.now(), NeedState.DRAFT, person, organisation))
    return need


@transaction.atomic
def save(need: Need, person: AbstractUser, typed: Mapping[str, Typed], seen: Seen) -> Merge:
    """Keeps what somebody typed, but for fields in conflict. Raises TransitionRefusedError once it is submitted."""
    _hold(need, person)
    merged = merge(need.typed, typed, seen)
    _store(need, merged.data)
    return merged


@transaction.atomic
def look(need: Need, person: AbstractUser, groups: list[Group]) -> None:
    """Notes that the author has looked at what may already answer, and what they say of it."""
    _hold(need, person)
    need.alternatives_shown_at = timezone.now()
    need.save(update_fields=["alternatives_shown_at"])
    _store(need, {**need.typed, ALTERNATIVES: as_rows(groups)})


def missing(need: Need) -> list[Missing]:
    """What would be refused, in the order of the form."""
    checked = cleaned_of(need.typed)
    draft, text = copying.copy(need), original_of(need)
    fill(draft, text, checked.cleaned)
    found = {name: [str(message)] for name, message in lacking(draft, text).items()}
    for guard in (early_contacts_are_said, alternatives_were_shown, mode_fits_value):
        if guard is not mode_fits_value or None not in (draft.value_low, draft.value_high):
            refused = {name or ALTERNATIVES: [message] for name, message in refusals_of(guard, draft).items()}
            found = refused | found
    listed = _located({**found, **checked.errors})
    waiting = (file for file in need.files.filter(removed_at=None) if not file.is_clean)
    return [*listed, *(Missing(0, f"file-{file.pk}", str(file), [_scan_state(file)]) for file in waiting)]


@transaction.atomic
def submit(need: Need, person: AbstractUser, version: int) -> Need:
    """Hands a need to the moderators, as somebody has checked it.

    Raises IncompleteError, TransitionRefusedError, PermissionDenied; then nothing is changed.
    """
    _hold(need, person)
    if need.typed_version != version:
        raise TransitionRefusedError(_("Somebody has changed it since you opened this page. Check it again."))
    if found := missing(need):
        raise IncompleteError(found)
    write(need, cleaned_of(need.typed).cleaned)
    try:
        return take(need, "submit", person)
    except WrongStateError:
        raise
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        raise IncompleteError(_located(by_field)) from error


@transaction.atomic
def copy(source: Need, person: AbstractUser, organisation: Organisation) -> Need:
    """A new draft from another need: all but its calendar; of another authority's, only what it says to everybody."""
    if not (source.is_public or carries(person, source)):
        raise PermissionDenied
    is_own = organisation == source.organisation and leads(person, source)
    typed = source.typed if source.typed and not source.published_at else typed_of(source)
    left_out = _OF_ITS_TIME if is_own else _OF_ITS_TIME + _OF_ITS_AUTHORITY
    kept = {name: value for name, value in typed.items() if name not in left_out}
    return begin(person, organisation, typed=kept, copied_from=source, language=source.language)


@transaction.atomic
def delete(need: Need, person: AbstractUser) -> None:
    """A draft that nobody else has read. Raises ValidationError once it was submitted."""
    need = take(need, "delete", person)
    need.files.all().delete()
    need.delete()


@transaction.atomic
def add_file(need: Need, file: NeedFile, given: CheckedFile, person: AbstractUser) -> None:
    """Keeps a document that was checked. Raises FileRefusedError if there are too many, or for the antivirus."""
    _hold(need, person)
    if need.files.filter(removed_at=None).count() >= MOST_FILES:
        raise FileRefusedError(_("There are %(most)d files already: take one away first.") % {"most": MOST_FILES})
    state = scan(given.content)
    if state == ScanState.INFECTED:
        raise FileRefusedError(_("The antivirus refuses this file."))
    given.content.seek(0)
    file.need, file.scan, file.name, file.size = need, state, given.name, given.content.size
    file.file.save(given.name, File(given.content), save=False)
    try:
        with transaction.atomic():
            file.save()
    except Exception:
        file.file.storage.delete(file.file.name)
        raise


@transaction.atomic
def remove_file(file: NeedFile, person: AbstractUser) -> None:
    """Takes a document of a draft away."""
    _hold(file.need, person)
    file.delete()


def file_deleted(sender: type, instance: NeedFile, **kwargs: Any) -> None:
    """Signal receiver: what lies on the disk goes once nothing can be undone."""
    file = instance.file
    transaction.on_commit(lambda: file.storage.delete(file.name))


def _hold(need: Need, person: AbstractUser) -> None:
    """Reads it again, kept from others, for who may write it. Raises PermissionDenied, TransitionRefusedError."""
    try:
        locked(need)
    except Need.DoesNotExist as error:
        raise TransitionRefusedError(_("This draft was deleted meanwhile.")) from error
    need.refresh_from_db()
    if not leads(person, need):
        raise PermissionDenied
    if need.state not in WRITABLE:
        raise TransitionRefusedError(_("This need was submitted meanwhile: what you typed is not saved."))
    policy.require(person, "need.write", need)
    take_up(need)


def _store(need: Need, typed: dict[str, Any]) -> None:
    if typed != need.typed:
        need.typed, need.typed_version = typed, need.typed_version + 1
        need.save(update_fields=["typed", "typed_version"])


def _located(errors: Mapping[str, list[str]]) -> list[Missing]:
    """By field, each with the step in which it is mended; in the order of the steps."""
    found = [Missing(number_of(name), name, _label(name), messages) for name, messages in errors.items()]
    return sorted(found, key=lambda one: one.step or len(STEPS) + 1)


def _label(name: str) -> str:
    return str(NEED.adapter(name).form_field(required=False).label) if number_of(name) else ""


def _scan_state(file: NeedFile) -> str:
    return str(capfirst(file.get_scan_display()))
