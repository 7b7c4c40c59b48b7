"""What moderation knows besides Wagtail's own workflow: reasons, requests, reports, confirmations, what was removed."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState

from metropole.core.languages import site_languages
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from .acting import acting_organisation
from .enums import DeletionState, MessageKind, ReportKind, ReportState
from .fields import content_models, field_label
from .querysets import ErrorReportQuerySet, TombstoneQuerySet

LONGEST_REASON = 2000


def person_field(related_name: str, verbose_name: str) -> models.ForeignKey:
    """Who did it; nobody any more once the account is gone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=verbose_name,
    )


class Submission(TaskState):
    """One reading of a page by moderators: of which version, submitted by whom and for which organisation."""

    submitted_by = person_field("submissions", _("submitted by"))
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("organisation"),
        help_text=_("For which it was submitted."),
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")


class ReviewTask(AbstractGroupApprovalTask):
    """Moderators read a page before it is published; nobody reads what is their own or their organisation's."""

    task_state_class = Submission

    class Meta:
        verbose_name = _("review by moderators")
        verbose_name_plural = _("reviews by moderators")

    def start(self, workflow_state, user: AbstractUser | None = None) -> Submission:
        submission = super().start(workflow_state, user=user)
        former = Submission.objects.filter(workflow_state=workflow_state).exclude(pk=submission.pk).last()
        submission.submitted_by = user
        submission.organisation = acting_organisation() or (former.organisation if former else None)
        submission.save(update_fields=["submitted_by", "organisation"])
        return submission

    def may_review(self, page: Page, user: AbstractUser) -> bool:
        return policy.may(user, "content.moderate", page)

    def user_can_access_editor(self, obj: Page, user: AbstractUser) -> bool:
        return self.may_review(obj, user)

    def locked_for_user(self, obj: Page, user: AbstractUser) -> bool:
        return not self.may_review(obj, user)

    def user_can_lock(self, obj: Page, user: AbstractUser) -> bool:
        return self.may_review(obj, user)

    def get_actions(self, obj: Page, user: AbstractUser) -> list[tuple[str, str, bool]]:
        if not self.may_review(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("refuse", _("Refuse"), True),
        ]

    def get_form_for_action(self, action: str) -> type:
        from .forms import ApprovalForm, ChangesForm, RefusalForm

        return {"reject": ChangesForm, "refuse": RefusalForm}.get(action, ApprovalForm)

    def on_action(self, task_state: Submission, user: AbstractUser, action_name: str, **said) -> None:
        """What Wagtail's own screens have decided: checked again, for they hand on what a browser sent them."""
        from .services import decide

        decide(self.get_form_for_action(action_name), task_state, user, action_name, said)

    def get_task_states_user_can_moderate(self, user: AbstractUser, **kwargs) -> models.QuerySet:
        waiting = super().get_task_states_user_can_moderate(user, **kwargs).select_related("workflow_state")
        allowed = [state.pk for state in waiting if self.may_review(state.workflow_state.content_object, user)]
        return waiting.filter(pk__in=allowed)

    @classmethod
    def get_description(cls) -> str:
        return _("Moderators read a page before it is published; nobody reads what is their own.")


class ChangeRequest(models.Model):
    """What a moderator wants to see changed, and why."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="change_requests", verbose_name=_("page"))
    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="change_requests", verbose_name=_("submission")
    )
    field = models.CharField(
        _("field"), max_length=60, help_text=_("Its name in the code; empty: the whole."), blank=True
    )
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON)
    made_by = person_field("change_requests", _("made by"))
    at = models.DateTimeField(_("made at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("requested change")
        verbose_name_plural = _("requested changes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.field_label}: {self.reason}"

    @property
    def field_label(self) -> str:
        """The field as its authors see it in their form."""
        return field_label(self.page.specific_class, self.field)


class CannedMessage(models.Model):
    """Words that moderators often need, ready to be used."""

    kind = models.CharField(_("kind"), max_length=20, choices=MessageKind)
    title = models.CharField(_("title"), max_length=100, help_text=_("By which moderators find it."))
    text_fr = models.TextField(_("text in French"), max_length=LONGEST_REASON)
    text_en = models.TextField(
        _("text in English"), max_length=LONGEST_REASON, blank=True, help_text=_("Empty: the French one is used.")
    )

    class Meta:
        verbose_name = _("ready-made message")
        verbose_name_plural = _("ready-made messages")
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return self.title

    def text(self, language: str) -> str:
        """Its words for the readers of a language."""
        return getattr(self, f"text_{language}", "") or self.text_fr


class LastWords(models.Model):
    """What is said of something that people depend on, when it goes."""

    safe_version = models.CharField(
        _("last safe version"),
        max_length=150,
        blank=True,
        help_text=_("The last one that can still be used without danger, e.g. “2.4.1, supported until 31/12/2026”."),
    )
    alternatives = models.ManyToManyField(
        Page,
        blank=True,
        related_name="+",
        verbose_name=_("alternatives"),
        help_text=_("What can be used instead, among what is on this site."),
    )

    class Meta:
        abstract = True


class DeletionRequest(LastWords):
    """An organisation asks that a page of its own be removed, and why."""

    page = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="deletion_requests", verbose_name=_("page"))
    title = models.CharField(_("title"), max_length=255)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, related_name="+", verbose_name=_("organisation")
    )
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON)
    asked_by = person_field("deletion_requests", _("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=20, choices=DeletionState, default=DeletionState.ASKED)
    decided_by = person_field("+", _("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("request for deletion")
        verbose_name_plural = _("requests for deletion")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(state=DeletionState.ASKED), name="deletion_asked_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def acting_organisation(self) -> Organisation | None:
        return self.organisation


class Tombstone(LastWords):
    """What is said at the addresses of a page that was removed: that it was, when and why."""

    page = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="tombstones", verbose_name=_("page"))
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language of the page"), max_length=10, choices=site_languages)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON)
    instead = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("to be read instead"),
    )
    revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, related_name="+", verbose_name=_("version that was online")
    )
    removed_at = models.DateTimeField(_("removed at"), default=timezone.now)
    removed_by = person_field("+", _("removed by"))
    restored_at = models.DateTimeField(_("put back at"), null=True, blank=True)

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("removed page")
        verbose_name_plural = _("removed pages")
        ordering = ["-removed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(restored_at=None), name="tombstone_once_for_a_page_that_is_removed"
            )
        ]

    def __str__(self) -> str:
        return self.title


class TombstonePath(models.Model):
    """An address at which a removed page was read, in any language."""

    tombstone = models.ForeignKey(Tombstone, models.CASCADE, related_name="paths")
    path = models.CharField(_("address"), max_length=1000, db_index=True)

    class Meta:
        verbose_name = _("address of a removed page")
        verbose_name_plural = _("addresses of removed pages")
        constraints = [models.UniqueConstraint(fields=["tombstone", "path"], name="tombstone_path_once")]

    def __str__(self) -> str:
        return self.path


class ErrorReport(models.Model):
    """A reader says that something is wrong with a page. Nothing is kept of them but an address for the answer."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(_("identifier"))
    target = GenericForeignKey("content_type", "object_id")
    title = models.CharField(_("title"), max_length=255)
    url = models.CharField(_("address"), max_length=1000)
    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind)
    text = models.TextField(_("text"), max_length=LONGEST_REASON)
    email = models.EmailField(_("e-mail address for the answer"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=site_languages)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=20, choices=ReportState, default=ReportState.RECEIVED)
    handled_by = person_field("handled_reports", _("handled by"))
    answer = models.TextField(_("answer"), max_length=LONGEST_REASON, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def delay(self) -> dt.timedelta | None:
        return self.closed_at - self.received_at if self.closed_at else None


class Confirmation(models.Model):
    """When the organisation of a page last said that it is still accurate."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="confirmation", verbose_name=_("page"))
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)
    confirmed_by = person_field("+", _("confirmed by"))

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return str(self.page)


class AccuracyPeriod(models.Model):
    """After how many months a kind of content is asked about again."""

    kind = models.CharField(_("kind of content"), max_length=30, unique=True)
    months = models.PositiveSmallIntegerField(_("months"), help_text=_("0: it is never asked about."))

    class Meta:
        verbose_name = _("period of accuracy")
        verbose_name_plural = _("periods of accuracy")
        ordering = ["kind"]
        # The kinds are those of the code: there is no right to add or to delete one.
        default_permissions = ("change", "view")

    def __str__(self) -> str:
        return str(self.kind_label())

    def kind_label(self) -> str:
        """The kind as readers see it."""
        labels = {model.content_type_name: model.type_label() for model in content_models()}
        return labels.get(self.kind, self.kind)

    kind_label.short_description = _("kind of content")
