from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser

from .kinds import kind_named
from .models import Notification


def notify(
    people: Iterable[AbstractUser], kind: str, event: str, route: tuple[str | int, ...] = (), **words: str | int
) -> None:
    """Tells people something, in the transaction in which it happens; each is told an event once.

    ``event`` names what happened, such as "membership.accept:12"; ``route`` where it is seen: the name of an address,
    then its arguments; ``words`` fill the kind's texts. Raises KeyError for an unknown kind.
    """
    kind_named(kind)
    news = [
        Notification(person=person, kind=kind, event=event, route=list(route), words=words)
        for person in people
        if person.is_active
    ]
    Notification.objects.bulk_create(news, ignore_conflicts=True)
