"""What waits for moderators of purchasing groups: the messages that their members report."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.text import capfirst

from metropole.core.policy import policy
from metropole.moderation.enums import Waiting
from metropole.moderation.queue import Row

from .models import Message


def rows(person: AbstractUser) -> Iterable[Row]:
    for message in Message.objects.reported().select_related("group__presentation", "organisation"):
        yield Row(
            waiting=Waiting.MESSAGE,
            title=str(message.group),
            kind=capfirst(Message._meta.verbose_name),
            organisation=message.organisation.name,
            since=message.reported_at,
            url=reverse("purchasing_admin:group", args=[message.group_id]),
            is_own=not policy.may(person, "purchase_message.settle", message),
        )


def count() -> int:
    return Message.objects.reported().count()
