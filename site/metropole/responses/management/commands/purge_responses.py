from django.core.management.base import BaseCommand, CommandParser

from metropole.responses.opening.purging import due, purge


class Command(BaseCommand):
    help = "Erases what responses say whose time is over: void ones after 30 days, others as the rules say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *, dry_run: bool, **options) -> None:
        found = due()
        total = found.count()
        if dry_run:
            self.stdout.write(f"{total} responses would be erased.")
            return
        number = 0
        for number, _response in enumerate(purge(found), start=1):
            self.stdout.write(f"{number} of {total}", ending="\r")
        self.stdout.write(f"{number} of {total} responses erased.")
