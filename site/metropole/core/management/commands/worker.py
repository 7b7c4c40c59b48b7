from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from metropole.core.beats import beat_names
from metropole.core.worker import SiteWorker


class Command(BaseCommand):
    help = "Runs beside the site, once or several times: does the tasks that wait, and what is done regularly."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do all that is to be done now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = SiteWorker(once=options["once"])
        tasks = "does the tasks that wait" if worker.has_queue else "no tasks, as without WORKER the site does them"
        self.stdout.write(f"Worker {worker.worker_id}: {tasks}; regularly: {', '.join(beat_names())}.")
        worker.configure_signals()
        worker.run_until_stopped()
        self.stdout.write("Worker stopped.")
