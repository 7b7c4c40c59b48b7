"""Lists of solutions that an authority has considered for a stated purpose, locked for its file."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from .enums import ShortlistState, Verdict

LONGEST_REASON = 1000


class LockedError(TypeError):
    """What is locked stays as it is."""


class Shortlist(models.Model):
    """The solutions considered for a need. It belongs to an authority, whose contributors share it.

    Once locked, ``content`` is a copy of what it said and of the sheets as they were that minute, and ``digest`` its
    SHA-256: the database refuses to change them. The people are not in the copy, as a closed account keeps no name.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="shortlists", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=150, help_text=_("E.g. “Counting bicycles, 2027 budget”."))
    need = models.CharField(
        _("need"),
        max_length=400,
        help_text=_("In a sentence, e.g. “Know how many bicycles pass without filming anybody.”"),
    )
    criteria = models.TextField(
        _("criteria"),
        max_length=2000,
        help_text=_("One a line, those that you judge by, e.g. “hosted in the European Union”."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ShortlistState, default=ShortlistState.DRAFT, editable=False
    )
    drawn_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="shortlists",
        verbose_name=_("drawn up by"),
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    locked_at = models.DateTimeField(_("locked at"), null=True, editable=False)
    content = models.JSONField(_("copy"), null=True, editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("shortlist")
        verbose_name_plural = _("shortlists")
        ordering = ["-updated_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ShortlistState.DRAFT, locked_at__isnull=True, content__isnull=True, digest="")
                | (Q(state=ShortlistState.LOCKED, locked_at__isnull=False, content__isnull=False) & ~Q(digest="")),
                name="shortlist_locked_with_its_copy",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("shortlists:shortlist", args=[self.pk])

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        if self.is_locked:
            raise LockedError(_("A locked shortlist is kept as it is."))
        return super().delete(*args, **kwargs)

    @property
    def is_locked(self) -> bool:
        return self.state == ShortlistState.LOCKED

    @property
    def acting_organisation(self) -> Organisation:
        return self.organisation


class ShortlistedSolution(models.Model):
    """A solution that was considered, with why it is kept or left out. Named by its key: sheets come and go."""

    shortlist = models.ForeignKey(
        Shortlist, models.CASCADE, related_name="considered", verbose_name=_("shortlist"), editable=False
    )
    solution_key = models.UUIDField(_("solution"), editable=False)
    title = models.CharField(_("title"), max_length=255, editable=False)
    verdict = models.CharField(_("outcome"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    reason = models.TextField(
        _("reason"),
        max_length=LONGEST_REASON,
        blank=True,
        help_text=_("Why it is kept or left out, by your criteria: it is part of the report."),
    )

    class Meta:
        verbose_name = _("solution considered")
        verbose_name_plural = _("solutions considered")
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["shortlist", "solution_key"], name="shortlisted_once")]

    def __str__(self) -> str:
        return self.title
