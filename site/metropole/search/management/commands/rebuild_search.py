from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metropole.search.building import public_count
from metropole.search.engines import get_stores
from metropole.search.engines.base import IndexUnavailableError, Store
from metropole.search.management.progress import Progress
from metropole.search.rebuilding import NoIndexToGoBackToError, RebuildRunningError, go_back, rebuild


class Command(BaseCommand):
    help = (
        "Builds a new search index beside the current one, then swaps them. Readers notice nothing. "
        "With a search server, its index and that of this machine, one after the other."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        engines = [store.name for store in get_stores()]
        parser.add_argument("--engine", choices=engines, help="this index alone")
        parser.add_argument(
            "--rollback", action="store_true", help="go back to the index before the last rebuild, at once"
        )

    def handle(self, *args: Any, engine: str | None, rollback: bool, **options: Any) -> None:
        stores = [store for store in get_stores() if engine in (None, store.name)]
        troubles = [trouble for store in stores if (trouble := self._done(store, rollback))]
        if troubles:
            raise CommandError("\n".join(troubles))

    def _done(self, store: Store, rollback: bool) -> str:
        """Rebuilds an index, or goes back to the one before. Returns why it could not: others are still to do."""
        try:
            self._go_back(store) if rollback else self._rebuild(store)
        except RebuildRunningError:
            return f"{store.name}: another process is rebuilding the search index."
        except NoIndexToGoBackToError:
            return f"{store.name}: there is no index of this version to go back to."
        except IndexUnavailableError as error:
            return f"{store.name}: {error}."
        return ""

    def _rebuild(self, store: Store) -> None:
        progress = Progress(self.stdout, store.name, public_count())
        failed = rebuild(store, progress)
        self.stdout.write(self.style.SUCCESS(f"{store.name}: index rebuilt, {progress.done} contents read."))
        for key, reason in failed.items():
            self.stdout.write(self.style.WARNING(f"{store.name}: {key} is not in it: {reason}"))

    def _go_back(self, store: Store) -> None:
        go_back(store)
        self.stdout.write(
            self.style.SUCCESS(f"{store.name}: the index before answers again. Now run search_check --repair.")
        )
