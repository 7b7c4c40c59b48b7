from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from metropole.core.datafiles import DataFileError
from metropole.demo.accounts import make_accounts
from metropole.demo.loading import load_demo

ADDRESS = "127.0.0.1:8000"


class Command(BaseCommand):
    help = "Builds the demonstration from published facts and serves it. Safe to run again; refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="build it without starting the server")
        parser.add_argument("--address", default=ADDRESS, help=f"where to serve ({ADDRESS} by default)")

    def handle(self, *, no_serve: bool, address: str, verbosity: int, **options) -> None:
        if not settings.IS_DEMONSTRATION:
            raise CommandError("The demonstration is for development only: these settings are not.")
        self._step("Database", "migrate", verbosity=0)
        for name in ("load_territory", "load_taxonomy", "create_authorities", "load_law", "load_thresholds"):
            self._step(name, name)
        self._load_content()
        self._step("Search index", "rebuild_search")
        self._print_accounts()
        if not no_serve:
            call_command("runserver", address, use_reloader=False)

    def _step(self, label: str, command: str, **options) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(label))
        call_command(command, stdout=self.stdout, **options)

    def _load_content(self) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING("Content"))
        try:
            load_demo(report=self._report)
        except DataFileError as error:
            raise CommandError(f"Nothing was changed. {error}") from error

    def _report(self, name: str, done: int, total: int) -> None:
        if done == total or done % 10 == 0:
            self.stdout.write(f"  {name}: {done}/{total}")

    def _print_accounts(self) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING("Accounts (administration: /admin/)"))
        for account in make_accounts():
            self.stdout.write(f"  {account.email}  {account.password}")
