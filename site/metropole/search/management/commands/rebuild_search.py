from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metropole.search import sync


class Command(BaseCommand):
    help = "Builds a new search index beside the current one, then swaps them. Readers notice nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        progress = _Progress(self, sync.public_count())
        try:
            sync.rebuild(progress)
        except sync.RebuildRunningError:
            raise CommandError("Another process is rebuilding the search index.") from None
        self.stdout.write(self.style.SUCCESS(f"Search index rebuilt: {progress.done} contents read."))


class _Progress:
    """Writes a line for each tenth of the work."""

    def __init__(self, command: BaseCommand, total: int) -> None:
        self._command, self._total, self.done = command, total, 0

    def __call__(self) -> None:
        self.done += 1
        if self.done * 10 // self._total > (self.done - 1) * 10 // self._total:
            self._command.stdout.write(f"{self.done}/{self._total}")
