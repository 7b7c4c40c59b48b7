"""The files of a response: looked at in clear, in memory, then sealed before they touch the disk for good."""

import logging
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.contributions.enums import ScanState
from metropole.contributions.files.antivirus import scan
from metropole.contributions.files.check import CheckedFile
from metropole.contributions.files.refusal import FileRefusedError

from ..content import Content
from ..models import FOLDER, Response, ResponseFile

logger = logging.getLogger(__name__)

MOST_FILES = 10
MOST_BYTES = 60_000_000
ORPHAN_AFTER_SECONDS = 24 * 3600
"""A file lies on the disk before its row is committed."""


def scanned(given: CheckedFile) -> bytes:
    """What the antivirus has passed. Once it is sealed nobody could look at it: what waits is refused."""
    state = scan(given.content)
    if state == ScanState.INFECTED:
        raise FileRefusedError(_("The antivirus refuses this file."))
    if state != ScanState.CLEAN:
        raise FileRefusedError(_("The antivirus does not answer for now: try again in a few minutes."))
    given.content.seek(0)
    return given.content.read()


def keep(response: Response, content: Content, name: str, title: str, clear: bytes) -> dict[str, str | int]:
    """Stores a file, sealed, and gives what the content says of it. Raises FileRefusedError."""
    if len(content["files"]) >= MOST_FILES:
        raise FileRefusedError(_("There are %(most)d files already: take one away first.") % {"most": MOST_FILES})
    if sum(entry["size"] for entry in content["files"]) + len(clear) > MOST_BYTES:
        most = filesizeformat(MOST_BYTES)
        raise FileRefusedError(_("Together, the files are too large: %(most)s at most.") % {"most": most})
    file = ResponseFile(response=response)
    file.file.save("sealed", ContentFile(ResponseFile.sealed(clear)), save=False)
    file.save()
    return {
        "id": str(file.pk),
        "name": name,
        "title": title,
        "sha256": sha256(clear).hexdigest(),
        "size": len(clear),
    }


def delete_unused(response: Response) -> None:
    """Deletes the files that neither the draft nor what was deposited holds any more."""
    used = {entry["id"] for entry in response.draft_content["files"]}
    if response.deposited:
        used |= {entry["id"] for entry in response.deposited_content["files"]}
    for file in response.files.exclude(pk__in=used):
        stored = file.file
        file.delete()
        transaction.on_commit(lambda stored=stored: stored.storage.delete(stored.name))


def sweep_orphans() -> int:
    """Deletes the sealed files that no row knows of, left by transactions that failed; their number."""
    root = Path(settings.PRIVATE_ROOT)
    limit = timezone.now().timestamp() - ORPHAN_AFTER_SECONDS
    old = [path for path in root.glob(f"{FOLDER}/*") if path.stat().st_mtime < limit]
    names = {path.relative_to(root).as_posix(): path for path in old}
    known = {*ResponseFile.objects.filter(file__in=names).values_list("file", flat=True)}
    orphans = [path for name, path in names.items() if name not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    if orphans:
        logger.info("%d orphan files deleted", len(orphans))
    return len(orphans)
