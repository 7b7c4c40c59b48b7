"""Files that editors send in Wagtail's admin pass by the same door."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from ..enums import ScanState
from .antivirus import scan
from .check import checked
from .formats import IMAGES, by_first_bytes
from .refusal import FileRefusedError


class CheckedFileMixin:
    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if not isinstance(given, UploadedFile) or not self._is_looked_at(given):
            return given
        found = checked(given)
        if scan(found.content) != ScanState.CLEAN:
            raise ValidationError(_("The antivirus has not passed this file: it refuses it, or does not answer."))
        found.content.seek(0)
        if found.content is given:
            given.name = found.name
            return given
        return SimpleUploadedFile(found.name, found.content.read(), found.format.content_type)

    def _is_looked_at(self, given: UploadedFile) -> bool:
        return True


class CheckedDocumentForm(CheckedFileMixin, BaseDocumentForm):
    pass


class CheckedImageForm(CheckedFileMixin, BaseImageForm):
    """Wagtail reads pictures of other formats as well (AVIF, GIF): it checks these itself."""

    def _is_looked_at(self, given: UploadedFile) -> bool:
        try:
            return by_first_bytes(given, "") in IMAGES
        except FileRefusedError:
            return False
