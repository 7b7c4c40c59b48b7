"""The latest news on the workspace's home."""

from django.contrib.auth.models import AbstractUser

from metropole.core.workspace import Context

from .models import Notification
from .wording import said_or_apology

SHOWN = 5


def latest_news(person: AbstractUser) -> Context:
    news = Notification.objects.of(person)[:SHOWN]
    return {"items": [(one, said_or_apology(one)) for one in news]}


def unread_count(person: AbstractUser) -> int:
    return Notification.objects.of(person).unread().count()
