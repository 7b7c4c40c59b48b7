from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from .enums import Pace
from .kinds import kind_named
from .models import Mail, MailChoices, Notification
from .tasks import send_mails
from .topics import topic_named
from .writers import writer_named


def notify(
    people: Iterable[AbstractUser], kind: str, event: str, route: tuple[str | int, ...] = (), **words: str | int
) -> None:
    """Tells people something, in the transaction in which it happens; each is told an event once.

    ``event`` names what happened, such as "membership.accept:12"; ``route`` where it is seen: the name of an address,
    then its arguments; ``words`` fill the kind's texts. Who wants an e-mail about it gets one once the transaction is
    committed. Raises KeyError for an unknown kind.
    """
    topic = topic_named(kind_named(kind).topic)
    told = {person.pk: person for person in people if person.is_active}
    choices = {choice.person_id: choice for choice in MailChoices.objects.filter(person__in=told)}
    news = [
        Notification(
            person=person,
            kind=kind,
            event=event,
            route=list(route),
            words=words,
            pace=choices.get(pk, MailChoices()).pace_now(topic),
        )
        for pk, person in told.items()
    ]
    with transaction.atomic():
        Notification.objects.bulk_create(news, ignore_conflicts=True)
        if any(one.pace == Pace.NOW for one in news):
            _write_mails(event, list(told))


def write_to_stranger(writer: str, ref: str, language: str) -> None:
    """Has an e-mail written to somebody known by an address alone, in the transaction in which there is cause to.

    ``writer`` finds by ``ref`` what it is about, once the transaction is committed; one that was asked for before is
    not written again. Raises KeyError for an unknown writer.
    """
    mail = Mail(writer=writer_named(writer).name, ref=ref, language=language)
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    transaction.on_commit(send_mails.enqueue, robust=True)


def _write_mails(event: str, people: list[int]) -> None:
    """One for each piece of news that is to go at once; those that were told before have theirs."""
    news = Notification.objects.filter(event=event, person__in=people).for_a_mail_now()
    unsent = list(news.select_for_update(of=("self",)))
    mails = Mail.objects.bulk_create(Mail(person_id=one.person_id) for one in unsent)
    for one, mail in zip(unsent, mails, strict=True):
        one.mail = mail
    Notification.objects.bulk_update(unsent, ["mail"])
    if unsent:
        transaction.on_commit(send_mails.enqueue, robust=True)
