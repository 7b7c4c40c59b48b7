"""The daily messages: at the most one a day and person, with what they have not read meanwhile."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .enums import Pace
from .kinds import kind_named
from .models import Mail, MailChoices, Notification, choices_of
from .topics import topic_named


def write_daily_mails() -> int:
    """Puts what waits for today's message into one, from ``DAILY_MAIL_HOUR`` on; the number of messages."""
    now = timezone.localtime()
    if now.hour < settings.DAILY_MAIL_HOUR:
        return 0
    waiting = Notification.objects.for_a_daily_mail()
    done = Mail.objects.filter(day=now.date()).values("person")
    people = waiting.exclude(person__in=done).order_by("person_id").values_list("person_id", flat=True).distinct()
    return sum(_write(person, now.date()) for person in people)


def _write(person: int, day: dt.date) -> bool:
    """Whether there is something to send. Of several processes, the first one writes it."""
    choices = choices_of(person)
    if choices.is_paused:
        return False
    with transaction.atomic():
        Mail.objects.bulk_create([Mail(person_id=person, day=day)], ignore_conflicts=True)
        mail = Mail.objects.select_for_update().get(person=person, day=day)
        if mail.news.exists():
            return False
        waiting = Notification.objects.for_a_daily_mail().filter(person=person)
        wanted = [one.pk for one in waiting.select_for_update() if _is_wanted(one, choices)]
        waiting.filter(pk__in=wanted).update(mail=mail)
        # What is not wanted any more is not looked at every day.
        waiting.update(pace=Pace.NEVER)
        if not wanted:
            mail.delete()
    return bool(wanted)


def _is_wanted(news: Notification, choices: MailChoices) -> bool:
    try:
        topic = topic_named(kind_named(news.kind).topic)
    except KeyError:
        return False
    return choices.pace(topic) != Pace.NEVER
