"""What is done to files now and then: those that wait for the antivirus are shown to it again, orphans are swept."""

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model

from ..enums import ScanState
from ..models import ContributedFile
from .antivirus import scan
from .names import FOLDER

logger = logging.getLogger(__name__)

_AT_A_TIME = 20
_ORPHAN_AFTER = dt.timedelta(days=1)
"""A file lies on the disk before its row is committed."""


def scan_waiting_files() -> int:
    return scan_waiting(ContributedFile.objects.all())


def sweep_orphans() -> int:
    return sweep(FOLDER, _is_known)


def scan_waiting(files: QuerySet) -> int:
    """Asks the antivirus about files that it could not look at; the number of those that it has answered for."""
    answered = 0
    for file in files.filter(scan=ScanState.WAITING)[:_AT_A_TIME]:
        with file.file.open("rb") as content:
            state = scan(content)
        if state == ScanState.WAITING:
            return answered
        files.filter(pk=file.pk, scan=ScanState.WAITING).update(scan=state)
        answered += 1
    return answered


def sweep(folder: str, is_known: Callable[[str], bool]) -> int:
    """Deletes the files of a folder that nothing in the database knows of; their number."""
    root = Path(settings.PRIVATE_ROOT)
    limit = (timezone.now() - _ORPHAN_AFTER).timestamp()
    swept = 0
    for path in root.glob(f"{folder}/*/*"):
        name = path.relative_to(root).as_posix()
        if path.stat().st_mtime < limit and not is_known(name):
            path.unlink(missing_ok=True)
            swept += 1
    for parent in root.glob(f"{folder}/*"):
        if parent.is_dir() and parent.stat().st_mtime < limit and not any(parent.iterdir()):
            parent.rmdir()
    if swept:
        logger.info("%d orphan files deleted", swept)
    return swept


def _is_known(name: str) -> bool:
    return ContributedFile.objects.filter(file=name).exists() or get_document_model().objects.filter(file=name).exists()
