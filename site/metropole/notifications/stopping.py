"""Turning a topic's e-mails off from one of them, without signing in: the link itself is signed."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core import signing
from django.urls import reverse

from .enums import EVERY_DAY
from .models import MailChoices
from .topics import topic_named

_SALT = "metropole.notifications.stop"


@dataclass(frozen=True)
class Stop:
    """Whose e-mails on what end."""

    person: AbstractUser
    topic: str

    @property
    def label(self) -> str:
        """The topic's; empty for the daily message, which is about several."""
        return "" if self.topic == EVERY_DAY else str(topic_named(self.topic).label)

    def take_effect(self) -> None:
        choices, _created = MailChoices.objects.select_for_update().get_or_create(person=self.person)
        choices.turn_off(self.topic)
        choices.save(update_fields=["paces"])


def stop_path(person: AbstractUser, topic: str) -> str:
    """Valid for as long as the message may be kept: it gives no right but this one."""
    token = signing.dumps([person.pk, topic], salt=_SALT)
    return reverse("notifications:stop", args=[token])


def read_stop(token: str) -> Stop | None:
    """What a link says; None if we have not written it, or if there is nobody or nothing to turn off any more."""
    try:
        pk, name = signing.loads(token, salt=_SALT)
        if name != EVERY_DAY:
            topic_named(name)
    except (signing.BadSignature, KeyError):
        return None
    person = get_user_model().objects.filter(pk=pk, is_active=True).first()
    return Stop(person, name) if person else None
