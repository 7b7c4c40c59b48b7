"""An import from its file to its undoing. Either every sheet of a file is written, or none."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict

from django.contrib.auth.models import AbstractUser
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale

from metropole.core.audit import record
from metropole.moderation.enums import Review
from metropole.moderation.states import review_of

from ..models import CatalogueIndexPage, ImportedSheet, SheetImport, SolutionPage
from .models import ImportState
from .planning import PlannedSheet, plan
from .rows import Row, rows_of

APPLIED, UNDONE = "catalogue.import.apply", "catalogue.import.undo"
LONGEST_NAME = 255
KEPT_UNWRITTEN = dt.timedelta(days=1)

Progress = Callable[[int, int], None]
"""Called with how many sheets are done, and how many there are."""


def _silent(done: int, total: int) -> None:
    """Nobody asks how far it is."""


class ImportRefusedError(Exception):
    """An import cannot be written or undone as things stand; the message says why."""


def begin(file: File, person: AbstractUser | None) -> SheetImport:
    """Takes a file in. Raises FileRefusedError. What was taken in and never written is not kept."""
    rows = rows_of(file)
    SheetImport.objects.filter(state=ImportState.CHECKED, made_at__lt=timezone.now() - KEPT_UNWRITTEN).delete()
    name = (file.name or "").rpartition("/")[2][:LONGEST_NAME]
    return SheetImport.objects.create(file_name=name, person=person, rows=[asdict(row) for row in rows])


def dry_run(sheet_import: SheetImport, progress: Progress = _silent) -> list[PlannedSheet]:
    """What the import would do now."""
    done = []
    for planned in plan(_rows(sheet_import)):
        done.append(planned)
        progress(len(done), len(sheet_import.rows))
    return done


@transaction.atomic
def apply(sheet_import: SheetImport, person: AbstractUser | None, progress: Progress = _silent) -> SheetImport:
    """Writes the drafts. Raises ImportRefusedError, and writes nothing, where a line is refused by now."""
    sheet_import = SheetImport.objects.select_for_update().get(pk=sheet_import.pk)
    if sheet_import.state != ImportState.CHECKED:
        raise ImportRefusedError(_("This import has been written already."))
    section = CatalogueIndexPage.objects.filter(locale=Locale.get_default()).first()
    if section is None:
        raise ImportRefusedError(_("The site has no catalogue yet."))
    for done, planned in enumerate(plan(_rows(sheet_import)), start=1):
        if planned.problems:
            problem = planned.problems[0]
            words = {"number": planned.number, "field": problem.field, "reason": problem.reason}
            raise ImportRefusedError(_("Line %(number)d, %(field)s: %(reason)s") % words)
        if planned.is_new or planned.changes:
            _write(sheet_import, planned, section, person)
        progress(done, len(sheet_import.rows))
    sheet_import.state, sheet_import.applied_at, sheet_import.rows = ImportState.APPLIED, timezone.now(), []
    sheet_import.save()
    record(sheet_import, APPLIED, person, after=_counted(sheet_import.sheets.all()))
    return sheet_import


@transaction.atomic
def undo(sheet_import: SheetImport, person: AbstractUser | None) -> SheetImport:
    """Gives each sheet back what it said before; a sheet that somebody has worked on since stays, and says so."""
    sheet_import = SheetImport.objects.select_for_update().get(pk=sheet_import.pk)
    if sheet_import.state != ImportState.APPLIED:
        raise ImportRefusedError(_("There is nothing to undo."))
    for imported in sheet_import.sheets.select_related("page", "before", "after"):
        imported.kept_reason = _why_it_stays(imported)
        imported.save(update_fields=["kept_reason"])
        if not imported.kept_reason:
            _give_back(imported, person)
    sheet_import.state, sheet_import.undone_at = ImportState.UNDONE, timezone.now()
    sheet_import.save(update_fields=["state", "undone_at"])
    kept = sheet_import.sheets.exclude(kept_reason="").count()
    record(sheet_import, UNDONE, person, after={"kept": kept})
    return sheet_import


def _rows(sheet_import: SheetImport) -> list[Row]:
    return [Row(**row) for row in sheet_import.rows]


def _write(
    sheet_import: SheetImport, planned: PlannedSheet, section: CatalogueIndexPage, person: AbstractUser | None
) -> None:
    page, is_new = planned.page, planned.is_new
    before, had_changes = page.latest_revision, page.has_unpublished_changes
    if is_new:
        page.has_unpublished_changes, page.owner = True, person
        section.refresh_from_db()
        section.add_child(instance=page)
    after = page.save_revision(user=person, log_action=True)
    ImportedSheet.objects.create(
        sheet_import=sheet_import,
        line=planned.number,
        page=page,
        title=page.title,
        is_new=is_new,
        before=before,
        after=after,
        had_changes=had_changes,
    )


def _why_it_stays(imported: ImportedSheet) -> str:
    page = imported.page
    if page is None:
        return _("It was deleted since.")
    if imported.after is None or page.latest_revision_id != imported.after_id:
        return _("It was changed since.")
    if page.live_revision_id == imported.after_id or (imported.is_new and page.first_published_at):
        return _("It was published since.")
    if review_of(page) != Review.NONE:
        return _("Moderators are reading it.")
    if imported.before is None and not imported.is_new:
        return _("The version before is no longer kept.")
    return ""


def _give_back(imported: ImportedSheet, person: AbstractUser | None) -> None:
    page = imported.page
    if imported.is_new:
        page.delete(user=person)
        return
    former = imported.before.as_object()
    former.save_revision(user=person, changed=False, log_action="wagtail.revert", previous_revision=imported.before)
    SolutionPage.objects.filter(pk=page.pk).update(has_unpublished_changes=imported.had_changes)


def _counted(sheets: Iterable[ImportedSheet]) -> dict[str, int]:
    kinds = Counter("created" if sheet.is_new else "changed" for sheet in sheets)
    return {"created": kinds["created"], "changed": kinds["changed"]}
