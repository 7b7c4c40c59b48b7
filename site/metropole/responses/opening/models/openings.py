"""How the responses to a need are opened by two people, and what readers say of their interests."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.board.models import Need
from metropole.organisations.models import Organisation

LONGEST_STATEMENT = 2000


class Opening(models.Model):
    """Asked for by one person, confirmed by another. ``minutes``: what was there at that instant, and its SHA-256.

    The people are not in the minutes, as a closed account keeps no name. One that is taken back is deleted.
    """

    need = models.OneToOneField(Need, models.CASCADE, primary_key=True, related_name="opening", verbose_name=_("need"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("authority"))
    asked_at = models.DateTimeField(_("asked at"), editable=False)
    statement = models.TextField(_("statement on conflicts of interest"), max_length=LONGEST_STATEMENT)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("authority of the second person")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    second_statement = models.TextField(_("statement of the second person"), max_length=LONGEST_STATEMENT, blank=True)
    minutes = models.JSONField(_("minutes"), null=True, editable=False)
    digest = models.CharField(_("SHA-256 of the minutes"), max_length=64, blank=True, editable=False)

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("opening of responses")
        verbose_name_plural = _("openings of responses")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(confirmed_by=F("asked_by")), name="opening_confirmed_by_another"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, minutes__isnull=True, digest="")
                | (Q(confirmed_at__isnull=False, minutes__isnull=False) & ~Q(digest="")),
                name="opening_confirmed_with_its_minutes",
            ),
        ]

    def __str__(self) -> str:
        return str(self.need_id)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class Declaration(models.Model):
    """What somebody of the panel says of their interests, before they read anything: none, or which."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="declarations", verbose_name=_("need"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    has_conflict = models.BooleanField(_("conflict of interest"))
    statement = models.TextField(_("statement"), max_length=LONGEST_STATEMENT, blank=True)
    declared_at = models.DateTimeField(_("declared at"), default=timezone.now, editable=False)

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("declaration of interests")
        verbose_name_plural = _("declarations of interests")
        default_permissions = ()
        ordering = ["declared_at"]
        constraints = [
            models.UniqueConstraint(fields=["need", "person"], name="declaration_once_a_need"),
            models.CheckConstraint(
                condition=Q(has_conflict=False) | ~Q(statement=""), name="declaration_says_which_conflict"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
