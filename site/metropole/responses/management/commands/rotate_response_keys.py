from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metropole.responses.rotation import count, rotate
from metropole.responses.sealing import UnreadableError


class Command(BaseCommand):
    help = "Seals all responses anew with the first of RESPONSE_KEYS; afterwards the older keys can be taken away."

    def handle(self, *args: Any, **options: Any) -> None:
        total = count()
        try:
            for done, _name in enumerate(rotate(), start=1):
                if done % 100 == 0 or done == total:
                    self.stdout.write(f"{done} of {total}")
        except UnreadableError as error:
            raise CommandError(
                "Something is sealed with a key that RESPONSE_KEYS does not hold: add it, then run this again."
            ) from error
        self.stdout.write(self.style.SUCCESS(f"{total} sealed with the first key."))
