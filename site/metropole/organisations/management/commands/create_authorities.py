from django.core.management.base import BaseCommand

from metropole.organisations.loading import create_authorities


class Command(BaseCommand):
    help = "Creates the organisations of the communes, the EPT and the métropole from the territory. Safe to run again."

    def handle(self, **options) -> None:
        self.stdout.write(f"{create_authorities()} authorities.")
