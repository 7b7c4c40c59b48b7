"""The one door for files, whoever sends them: contributors here, editors in Wagtail's admin."""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .archives import check_archive
from .formats import CSV, IMAGES, PDF, TEXT, ZIP, Format, by_first_bytes
from .images import rewritten
from .names import clean_name
from .pdfs import check_pdf
from .refusal import FileRefusedError
from .texts import check_text


@dataclass(frozen=True)
class CheckedFile:
    """A file as it is to be kept: under a clean name, pictures written anew."""

    content: File
    name: str
    format: Format


def checked(given: File) -> CheckedFile:
    """Looks at all of a file that was sent. Raises FileRefusedError, with the reason for who sent it."""
    most = settings.CONTRIBUTED_FILE_MAX_BYTES
    if not given.size:
        raise FileRefusedError(_("This file is empty."))
    if given.size > most:
        said = _("This file is too large: %(size)s, %(most)s at most.")
        raise FileRefusedError(said % {"size": filesizeformat(given.size), "most": filesizeformat(most)})
    taken, content = _looked_at(given)
    name = clean_name(given.name or "", taken.extension)
    content.seek(0)
    return CheckedFile(content, name, taken)


def _looked_at(given: File) -> tuple[Format, File]:
    taken = by_first_bytes(given, given.name or "")
    if taken in IMAGES:
        return taken, ContentFile(rewritten(given, taken).getvalue())
    if taken is ZIP:
        return check_archive(given), given
    if taken is PDF:
        given.seek(0)
        check_pdf(given.read())
    elif taken in (TEXT, CSV):
        check_text(given)
    return taken, given
