"""Files of sheets that editors brought, and what became of each sheet of theirs."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class ImportState(models.TextChoices):
    CHECKED = "checked", _("checked, nothing written")
    APPLIED = "applied", _("written")
    UNDONE = "undone", _("undone")


class SheetImport(models.Model):
    """A file: its lines are kept until they are written, then only what they did."""

    file_name = models.CharField(_("file"), max_length=255)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sheet_imports",
        verbose_name=_("person"),
    )
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.CHECKED)
    rows = models.JSONField(_("lines"), default=list)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    applied_at = models.DateTimeField(_("written at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of sheets")
        verbose_name_plural = _("imports of sheets")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportedSheet(models.Model):
    """A sheet that an import made or changed: which version it found and which it left."""

    sheet_import = models.ForeignKey(
        SheetImport, models.CASCADE, related_name="sheets", verbose_name=_("import of sheets")
    )
    line = models.PositiveIntegerField(_("line"))
    page = models.ForeignKey(
        "catalogue.SolutionPage", models.SET_NULL, null=True, related_name="imports", verbose_name=_("solution")
    )
    title = models.CharField(_("title"), max_length=255)
    is_new = models.BooleanField(_("new"))
    before = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+", verbose_name=_("version before"))
    after = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+", verbose_name=_("version after"))
    had_changes = models.BooleanField(_("had changes that were not published"), default=False)
    kept_reason = models.CharField(_("why it stayed"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("imported sheet")
        verbose_name_plural = _("imported sheets")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["sheet_import", "line"], name="imported_once_a_line")]

    def __str__(self) -> str:
        return self.title
