"""What the tests of organisations look at after somebody has done something."""

from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from metropole.accounts.models import User
from metropole.notifications.models import Notification
from metropole.organisations.models import Membership, Organisation


def to(name: str, *args: object) -> str:
    return reverse(f"organisations:{name}", args=args)


def told(person: User) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def logged() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def ask(client: Client, organisation: Organisation, **forged: object):
    return client.post(to("join"), {"organisation": organisation.slug, **forged})


def membership(person: User, organisation: Organisation) -> Membership | None:
    return Membership.objects.filter(person=person, organisation=organisation).order_by("pk").last()
