"""From the database to the mail server: each e-mail once, whatever becomes of the process that sends it."""

import datetime as dt
import logging
from collections.abc import Iterator

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from .letters import NothingToSay, letter_for
from .models import Mail
from .postman import Answer, Postman
from .transitions import STEPS, move

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=10)
"""Longer than any sending: each step of it ends within ``EMAIL_TIMEOUT`` seconds."""
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=4)
MOST_ATTEMPTS = 15
"""With pauses of 1, 2, 4… minutes, up to four hours: a server may be away for a day."""


def deliver() -> int:
    """Sends the e-mails that are due, one after the other; the number of those that the mail server has taken.

    Stops when it does not answer: the others would fare no better, and wait for the next round.
    """
    taken = 0
    with Postman() as postman:
        for mail in _due():
            letter = _letter(mail)
            if letter is None or not _claim(mail):
                continue
            answer = postman.hand_over(letter)
            _settle(mail, answer)
            taken += answer.action == "accept"
            if answer.server_is_away:
                break
    return taken


def declare_abandoned() -> int:
    """E-mails that were being sent by a process that is no more: perhaps they were, and only a person may say."""
    lost = move(Mail.objects.abandoned(LEASE), "lose", reason="the process that sent it ended")
    if lost:
        logger.warning("E-mails perhaps sent, perhaps not, as their sender ended: %d", lost)
    return lost


def pause_after(attempts: int) -> dt.timedelta:
    return min(FIRST_PAUSE * 2 ** (min(attempts, 20) - 1), LONGEST_PAUSE)


def _due() -> Iterator[Mail]:
    """Asked again after each: others send at the same time."""
    done = 0
    while mail := Mail.objects.due().filter(pk__gt=done).select_related("person").order_by("pk").first():
        yield mail
        done = mail.pk


def _letter(mail: Mail) -> EmailMessage | None:
    """What to send; nothing where there is none to send any more, or where its words cannot be put together."""
    row = Mail.objects.filter(pk=mail.pk)
    try:
        return letter_for(mail)
    except NothingToSay as nothing:
        move(row, "drop", reason=str(nothing))
    except Exception as error:
        logger.exception("The e-mail %d cannot be written", mail.pk)
        move(row, "refuse", reason=_shortened(f"it cannot be written: {error!r}"))
    return None


def _claim(mail: Mail) -> bool:
    """Whether it is this process that sends it. Committed before the mail server hears of it."""
    with transaction.atomic(durable=True):
        claimed = move(Mail.objects.due().filter(pk=mail.pk), "claim", claimed_at=Now(), attempts=F("attempts") + 1)
    mail.attempts += 1
    return bool(claimed)


def _settle(mail: Mail, answer: Answer) -> None:
    row = Mail.objects.filter(pk=mail.pk)
    if answer.action == "put_back" and mail.attempts < MOST_ATTEMPTS:
        move(row, "put_back", reason=_shortened(answer.reason), retry_at=Now() + pause_after(mail.attempts))
        return
    action = "refuse" if answer.action == "put_back" else answer.action
    move(row, action, reason=_shortened(answer.reason))
    if action != "accept":
        logger.warning("The e-mail %d is %s: %s", mail.pk, STEPS[action].target.value, answer.reason)


def _shortened(reason: str) -> str:
    return " ".join(reason.split())[: Mail._meta.get_field("reason").max_length]
