from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metropole.search.building import public_count
from metropole.search.consistency import differences, repair
from metropole.search.engines import get_stores
from metropole.search.engines.base import READY, IndexUnavailableError, Store
from metropole.search.health import store_states
from metropole.search.management.progress import Progress


class Command(BaseCommand):
    help = "Compares each search index with the database; fails when they differ, unless told to repair."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="bring the indexes up to date")
        parser.add_argument("--engine", choices=[store.name for store in get_stores()], help="this index alone")

    def handle(self, *args: Any, engine: str | None, **options: Any) -> None:
        asked = [state for state in store_states() if engine in (None, state.store.name)]
        troubles = [self._checked(state.store, state.trouble, options["repair"]) for state in asked]
        if any(troubles):
            raise CommandError("\n".join(filter(None, troubles)))

    def _checked(self, store: Store, trouble: str, mend: bool) -> str:
        """Writes how an index differs. Returns what is left to do about it."""
        try:
            if store.state() != READY:
                return f"{store.name}: {trouble}"
            found = differences(store, Progress(self.stdout, store.name, public_count()))
            for kind in ("missing", "excess", "stale"):
                for key in getattr(found, kind):
                    self.stdout.write(f"{store.name}: {kind}: {key}")
            if not found.all():
                self.stdout.write(self.style.SUCCESS(f"{store.name}: the index agrees with the database."))
                return ""
            if not mend:
                return f"{store.name}: {len(found.all())} documents differ: run search_check --repair."
            left = repair(store, found)
        except IndexUnavailableError as error:
            return f"{store.name}: {error}."
        if left:
            return f"{store.name}: {len(left)} documents still differ: run rebuild_search."
        self.stdout.write(self.style.SUCCESS(f"{store.name}: {len(found.all())} documents repaired."))
        return ""
