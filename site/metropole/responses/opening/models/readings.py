"""What the panel does with a response: who has opened it, what each notes, what they say together."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_OPINION = 4000


class Reading(models.Model):
    """Somebody of the panel has opened a response: its first time."""

    response = models.ForeignKey(
        "responses.Response", models.CASCADE, related_name="readings", verbose_name=_("response")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reader")
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reading of a response")
        verbose_name_plural = _("readings of responses")
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["response", "person"], name="reading_once_a_person")]

    def __str__(self) -> str:
        return str(self.response_id)


class Points(models.Model):
    """``points``: rows {"criterion", "mark", "comment"}, in the order of the need's criteria."""

    points = models.JSONField(_("criterion by criterion"), default=list)
    text = models.TextField(_("on the whole"), max_length=LONGEST_OPINION, blank=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        abstract = True


class Note(Points):
    """What one reader thinks, for themselves alone until the common opinion is begun."""

    response = models.ForeignKey("responses.Response", models.CASCADE, related_name="notes", verbose_name=_("response"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reader")
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note of a reader")
        verbose_name_plural = _("notes of readers")
        default_permissions = ()
        ordering = ["finished_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["response", "person"], name="note_once_a_person")]

    def __str__(self) -> str:
        return str(self.response_id)


class Opinion(Points):
    """What the panel thinks together, written by the lead authority. Once it is begun, the notes are read by all."""

    response = models.OneToOneField(
        "responses.Response", models.CASCADE, primary_key=True, related_name="opinion", verbose_name=_("response")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)

    # The admin counts nowhere where a need or a person is used by this.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("common opinion on a response")
        verbose_name_plural = _("common opinions on responses")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.response_id)
