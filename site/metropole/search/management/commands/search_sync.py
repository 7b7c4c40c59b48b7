from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metropole.search import sync
from metropole.search.engines import get_engine
from metropole.search.engines.embedded import READY
from metropole.search.models import OutboxEntry


class Command(BaseCommand):
    help = "Brings to the search index the changes that are still waiting, as after a crash."

    def handle(self, *args: Any, **options: Any) -> None:
        state = get_engine().state()
        if state != READY:
            raise CommandError(f"The search index is {state}: run rebuild_search first.")
        applied, left = sync.drain(), OutboxEntry.objects.count()
        self.stdout.write(f"Changes applied: {applied}. Still waiting: {left}.")
