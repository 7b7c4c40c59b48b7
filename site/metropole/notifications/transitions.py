"""The life of an e-mail, as a table.

It is claimed in a transaction of its own before the mail server is spoken to: of several processes, one sends it, and
none sends again what was perhaps sent already.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .enums import IN_DOUBT, MailState


@dataclass(frozen=True)
class Step:
    sources: tuple[MailState, ...]
    target: MailState


STEPS: dict[str, Step] = {
    # Whoever has told it to go sends it, once it is claimed.
    "claim": Step((MailState.WAITING,), MailState.SENDING),
    # Its reader has closed the account or turned it off meanwhile.
    "drop": Step((MailState.WAITING,), MailState.NONE),
    # The mail server has taken it, be it so late that it was given up.
    "accept": Step((MailState.SENDING, MailState.UNKNOWN), MailState.SENT),
    # The mail server has not taken it, and may do so later.
    "put_back": Step((MailState.SENDING,), MailState.WAITING),
    "refuse": Step((MailState.WAITING, MailState.SENDING), MailState.FAILED),
    # Who sent it is no more, or was cut off: nobody knows whether the mail server has taken it.
    "lose": Step((MailState.SENDING,), MailState.UNKNOWN),
    # An administrator has decided so.
    "send_again": Step(IN_DOUBT, MailState.WAITING),
}


def move(mails: QuerySet, action: str, **values: Any) -> int:
    """Takes a step with those mails that are in a state from which it is possible; their number.

    One statement decides: of two processes that take the same step with a mail, the second finds it elsewhere.
    """
    step = STEPS[action]
    return mails.filter(state__in=step.sources).update(state=step.target, **values)
