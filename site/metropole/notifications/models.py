from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import DONE, EVERY_DAY, MailState, Pace
from .querysets import MailQuerySet, NotificationQuerySet
from .topics import Topic, optional_topics, topic_named
from .writers import described


class Mail(models.Model):
    """One e-mail to one person: a piece of news, or those of a day. Each piece of news is in one mail at the most.

    Or what an app writes to an address that need not be anybody's here: then it has a ``writer`` in the place of a
    person. Its words and its address are kept nowhere: they are put together when it is sent.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mails", verbose_name=_("person")
    )
    writer = models.CharField(_("written by"), max_length=40, blank=True)
    ref = models.CharField(
        _("reference"), max_length=64, blank=True, help_text=_("By which its writer finds what it is about.")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    day = models.DateField(
        _("day"), null=True, blank=True, help_text=_("That of a daily mail; empty for a piece of news by itself.")
    )
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    retry_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("last attempt at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    created_at = models.DateTimeField(_("waiting since"), default=timezone.now)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="mail_once_a_day_and_person"),
            models.UniqueConstraint(fields=["writer", "ref"], condition=~Q(writer=""), name="mail_written_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, writer="") | (Q(person__isnull=True) & ~Q(writer="")),
                name="mail_of_a_person_or_a_writer",
            ),
        ]
        indexes = [models.Index(fields=["state", "retry_at"], condition=~Q(state__in=DONE), name="mail_not_done")]

    def __str__(self) -> str:
        # Written in the log, which keeps nobody's name longer than their account does.
        return str(self.pk)

    @property
    def reader(self) -> str:
        """Whom it is for, or what it is about, for administrators."""
        return str(self.person) if self.person else described(self.writer, self.ref)


class Notification(models.Model):
    """One piece of news for one person: told once, however often the event is announced."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=60)
    event = models.CharField(
        _("event"), max_length=150, help_text=_("What happened, in a word of its own, such as “membership.accept:12”.")
    )
    words = models.JSONField(_("words"), default=dict)
    route = models.JSONField(_("address"), default=list, help_text=_("The address's name, then its arguments."))
    created_at = models.DateTimeField(_("told at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    pace = models.CharField(_("by e-mail"), max_length=10, choices=Pace, default=Pace.NEVER)
    mail = models.ForeignKey(
        Mail, models.SET_NULL, null=True, blank=True, related_name="news", verbose_name=_("e-mail")
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "event"], name="notification_once_per_event_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.event})"


class MailChoices(models.Model):
    """What a person wants to read by e-mail. Who has none is told at the usual pace of each topic."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices", verbose_name=_("person")
    )
    paces = models.JSONField(_("paces"), default=dict, help_text=_("By topic."))
    paused_until = models.DateField(
        _("no e-mail until"),
        null=True,
        blank=True,
        help_text=_("What happens meanwhile comes in one message on that day."),
    )

    class Meta:
        verbose_name = _("choices about e-mails")
        verbose_name_plural = _("choices about e-mails")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and timezone.localdate() < self.paused_until

    def pace(self, topic: Topic) -> Pace:
        """The one that they have chosen."""
        chosen = self.paces.get(topic.name) if topic.optional else None
        return Pace(chosen) if chosen in Pace.values else topic.usual

    def pace_now(self, topic: Topic) -> Pace:
        """How something that happens now is told: what is wanted at all waits for the end of a pause."""
        wanted = self.pace(topic)
        return Pace.DAILY if topic.optional and wanted == Pace.NOW and self.is_paused else wanted

    def turn_off(self, name: str) -> None:
        """No more e-mails on a topic, or on all those that come together once a day."""
        topics = optional_topics() if name == EVERY_DAY else [topic_named(name)]
        for topic in topics:
            if topic.optional and (name != EVERY_DAY or self.pace(topic) == Pace.DAILY):
                self.paces[topic.name] = Pace.NEVER


def choices_of(person: AbstractUser | int) -> MailChoices:
    """A person's choices, not saved if they have made none."""
    return MailChoices.objects.filter(person=person).first() or MailChoices()
