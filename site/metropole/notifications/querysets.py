import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .enums import IN_DOUBT, MailState, Pace


class NotificationQuerySet(models.QuerySet):
    def of(self, person: AbstractUser) -> "NotificationQuerySet":
        return self.filter(person=person)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def for_a_mail_now(self) -> "NotificationQuerySet":
        """Those that go out at once and have no mail yet."""
        return self.filter(pace=Pace.NOW, mail=None)

    def for_a_daily_mail(self) -> "NotificationQuerySet":
        """Those that nobody has read meanwhile, and that are in no mail."""
        return self.unread().filter(pace=Pace.DAILY, mail=None)


class MailQuerySet(models.QuerySet):
    def due(self) -> "MailQuerySet":
        """Those to send now."""
        return self.filter(Q(retry_at=None) | Q(retry_at__lte=Now()), state=MailState.WAITING)

    def abandoned(self, lease: dt.timedelta) -> "MailQuerySet":
        """Those that somebody has claimed for longer than any sending takes."""
        return self.filter(state=MailState.SENDING, claimed_at__lt=Now() - lease)

    def in_doubt(self) -> "MailQuerySet":
        return self.filter(state__in=IN_DOUBT)
