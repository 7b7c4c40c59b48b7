from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metropole.search.delivery import drain_at_once
from metropole.search.health import store_states
from metropole.search.models import Delivery, OutboxEntry


class Command(BaseCommand):
    help = "Brings to the search indexes the changes that are still waiting, as after a crash."

    def handle(self, *args: Any, **options: Any) -> None:
        applied = drain_at_once()
        left = OutboxEntry.objects.count() + Delivery.objects.to_indexes_in_use().waiting().count()
        self.stdout.write(f"Changes applied: {applied}. Still waiting: {left}.")
        if dead := Delivery.objects.to_indexes_in_use().dead().count():
            self.stdout.write(self.style.WARNING(f"Given up after several refusals, see the admin: {dead}."))
        if troubles := [str(state) for state in store_states() if state.trouble]:
            raise CommandError("\n".join(troubles))
