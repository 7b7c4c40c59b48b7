from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metropole.core.datafiles import DataFileError
from metropole.taxonomy.loading import DATA, load_taxonomy


class Command(BaseCommand):
    help = "Loads the themes (défis and chantiers) and the first synonyms. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="where the data files are")

    def handle(self, *, folder: Path, **options) -> None:
        try:
            count = load_taxonomy(folder)
        except DataFileError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(f"{count} themes loaded.")
