from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError

from catalogue.imports import services
from catalogue.imports.models import ImportState
from catalogue.imports.planning import PlannedSheet
from catalogue.models import SheetImport
from metropole.contributions.files.refusal import FileRefusedError


class Command(BaseCommand):
    help = "Imports sheets of the catalogue, as drafts, from an XLSX, JSON or CSV file: all of them or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="as the exports are, or the workbook to fill in of the admin")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                sheet_import = services.begin(File(opened, name=file.name), None)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except FileRefusedError as error:
            raise CommandError(f"{file}: {' '.join(error.messages)}") from error
        try:
            self._checked(sheet_import)
            if not dry_run:
                services.apply(sheet_import, None, self._progress("written"))
                self.stdout.write(self.style.SUCCESS(f"{sheet_import.sheets.count()} drafts written."))
        except services.ImportRefusedError as error:
            raise CommandError(str(error)) from error
        finally:
            SheetImport.objects.filter(pk=sheet_import.pk, state=ImportState.CHECKED).delete()

    def _checked(self, sheet_import: SheetImport) -> None:
        planned = services.dry_run(sheet_import, self._progress("checked"))
        for sheet in planned:
            self._tell(sheet)
        if any(sheet.problems for sheet in planned):
            raise CommandError("Lines are refused: nothing was written.")

    def _tell(self, sheet: PlannedSheet) -> None:
        self.stdout.write(f"{sheet.number}: {sheet.slug}: {sheet.action}")
        for problem in sheet.problems:
            self.stderr.write(self.style.ERROR(f"  {problem.field}: {problem.reason}"))
        for change in sheet.changes if not sheet.problems else ():
            self.stdout.write(f"  {change.field}: {change.before or '–'} → {change.after}")

    def _progress(self, doing: str) -> services.Progress:
        def tell(done: int, total: int) -> None:
            if done * 10 // total > (done - 1) * 10 // total:
                self.stdout.write(f"{doing}: {done}/{total}")

        return tell
