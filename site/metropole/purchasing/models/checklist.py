from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from ..enums import ChecklistItem, ItemState
from .group import PurchasingGroup

LONGEST_NOTE = 500


class ChecklistEntry(models.Model):
    """What a member said of an item of the checklist. The last one holds; the others are its history, never changed."""

    group = models.ForeignKey(
        PurchasingGroup, models.CASCADE, related_name="checklist", verbose_name=_("purchasing group"), editable=False
    )
    item = models.CharField(_("item"), max_length=15, choices=ChecklistItem, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ItemState, default=ItemState.DONE)
    done_on = models.DateField(_("date"), null=True, blank=True, help_text=_("The day on which it was done."))
    note = models.CharField(
        _("note"), max_length=LONGEST_NOTE, blank=True, help_text=_("E.g. where the signed text is kept.")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("authority"), editable=False
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("said by"),
        editable=False,
    )
    said_at = models.DateTimeField(_("said at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("entry of a checklist")
        verbose_name_plural = _("entries of checklists")
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ItemState.DONE, done_on__isnull=False)
                | (~Q(state=ItemState.DONE) & Q(done_on__isnull=True)),
                name="checklist_done_has_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()}: {self.get_state_display()}"
