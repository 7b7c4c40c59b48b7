from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metropole.core.datafiles import DataFileError
from metropole.territory.loading import DATA, load_territory


class Command(BaseCommand):
    help = "Loads the métropole, its territories and communes from the data files. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="where the data files are")

    def handle(self, *, folder: Path, **options) -> None:
        try:
            count = load_territory(folder)
        except DataFileError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(f"{count} territories loaded.")
