from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metropole.search import sync
from metropole.search.consistency import differences


class Command(BaseCommand):
    help = "Compares the search index with the database; fails when they differ, unless told to repair."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="bring the index up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        for kind in ("missing", "excess", "stale"):
            for key in getattr(found, kind):
                self.stdout.write(f"{kind}: {key}")
        if not found.all():
            self.stdout.write(self.style.SUCCESS("The search index agrees with the database."))
        elif options["repair"]:
            self._repair(found.all())
        else:
            raise CommandError(f"{len(found.all())} documents differ: run search_check --repair.")

    def _repair(self, keys: list[str]) -> None:
        sync.enqueue_ids(keys)
        sync.drain()
        left = differences().all()
        if left:
            raise CommandError(f"{len(left)} documents still differ: run rebuild_search.")
        self.stdout.write(self.style.SUCCESS(f"Repaired: {len(keys)} documents."))
