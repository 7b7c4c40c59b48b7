"""What is done to the documents of needs now and then, as to the files of contributions."""

from metropole.contributions.files.upkeep import scan_waiting, sweep

from ..models import NeedFile
from ..models.files import FOLDER


def scan_waiting_files() -> int:
    return scan_waiting(NeedFile.objects.all())


def sweep_orphans() -> int:
    return sweep(FOLDER, lambda name: NeedFile.objects.filter(file=name).exists())
