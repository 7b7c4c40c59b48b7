from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from ..enums import QuestionState
from .history import LONGEST_REASON
from .need import Need

LONGEST_QUESTION = 2000


class Question(models.Model):
    """What a company asks about an open need. Everybody reads it with its answer, reworded; nobody reads who asked.

    ``text`` and ``asker`` are the asker's own: the lead authority and the moderators see the text alone.
    """

    # The admin would list, beside an organisation, the questions that refer to it.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    need = models.ForeignKey(Need, models.CASCADE, related_name="questions", verbose_name=_("need"))
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionState, default=QuestionState.ASKED, editable=False
    )
    text = models.TextField(
        _("your question"),
        max_length=LONGEST_QUESTION,
        help_text=_("It is published with its answer, without your name: do not say who you are."),
    )
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asker")
    )
    asker_organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, related_name="+", verbose_name=_("organisation of the asker")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    published_text = models.TextField(
        _("question, as it is published"),
        max_length=LONGEST_QUESTION,
        blank=True,
        help_text=_("Reworded: nothing in it shows who asked."),
    )
    answer = models.TextField(_("answer"), max_length=4000, blank=True, help_text=_("Everybody reads it."))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    dismissal = models.TextField(
        _("reason"), max_length=LONGEST_REASON, blank=True, help_text=_("Who asked is told why; nobody else is.")
    )
    correction = models.TextField(
        _("correction"), max_length=4000, blank=True, help_text=_("Dated, below the answer, which stays as it was.")
    )
    corrected_at = models.DateTimeField(_("corrected at"), null=True, editable=False)

    class Meta:
        verbose_name = _("question on a need")
        verbose_name_plural = _("questions on needs")
        ordering = ["published_at", "asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=QuestionState.PUBLISHED)
                | (Q(published_at__isnull=False) & ~Q(published_text="") & ~Q(answer="")),
                name="question_published_with_its_answer",
            ),
        ]

    def __str__(self) -> str:
        # Written in the log, where nothing may show who asked.
        return str(self.pk)

    @property
    def acting_organisation(self) -> Organisation:
        """For the log: the authority that answers, never the organisation that asks."""
        return self.need.organisation

    @property
    def is_waiting(self) -> bool:
        return self.state == QuestionState.ASKED

    @property
    def is_published(self) -> bool:
        return self.state == QuestionState.PUBLISHED
