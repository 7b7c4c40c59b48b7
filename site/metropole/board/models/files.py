from secrets import token_hex

from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from metropole.contributions.enums import ScanState

from .need import Need

FOLDER = "documents/needs"
"""Where only the site reads, which asks its policy first."""


def stored_name(file: "NeedFile", name: str) -> str:
    """Where it lies: nobody can guess it, and two files never have the same."""
    stem, _dot, extension = name.rpartition(".")
    return f"{FOLDER}/{token_hex(8)}/{slugify(stem)[:40] or 'document'}.{extension}"


class NeedFile(models.Model):
    """A document of a need. Everybody may download it once the need is published; before, who may read the need.

    ``removed_at``: taken away by an amendment; readers of the history still find it.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="files", verbose_name=_("need"))
    file = models.FileField(_("file"), upload_to=stored_name, max_length=100, editable=False)
    name = models.CharField(_("name"), max_length=150, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    title = models.CharField(_("title"), max_length=150, help_text=_("E.g. “Plan of the square”."))
    scan = models.CharField(_("antivirus"), max_length=10, choices=ScanState, editable=False)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(_("taken away at"), null=True, editable=False)

    class Meta:
        verbose_name = _("document of a need")
        verbose_name_plural = _("documents of needs")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def is_clean(self) -> bool:
        return self.scan == ScanState.CLEAN

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].upper()
