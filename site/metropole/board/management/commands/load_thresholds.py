from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metropole.board.sharing.loading import DATA, load_thresholds
from metropole.core.datafiles import DataFileError


class Command(BaseCommand):
    help = "Loads the thresholds of the law that are not there yet. Safe to run again: what editors changed stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="where the data file is")

    def handle(self, *, folder: Path, **options) -> None:
        try:
            added = load_thresholds(folder)
        except DataFileError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(f"{added} thresholds of the law added.")
