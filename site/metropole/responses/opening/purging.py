"""What responses say is erased when its time is over: their line in the outcome, and the receipts, are kept."""

import datetime as dt
import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from metropole.board.enums import Outcome
from metropole.board.lifecycle.services import locked

from ..enums import Verdict
from ..models import ExchangeAnswer, Note, Opinion, Response

logger = logging.getLogger(__name__)
VOID_KEPT = dt.timedelta(days=30)
"""How long what nobody will ever read is kept: its need may still come back."""
_AT_A_TIME = 50
_MONTH = dt.timedelta(days=365.25 / 12)


def retention() -> dt.timedelta:
    """How long after the outcome what was not retained is kept."""
    return _MONTH * settings.RESPONSE_RETENTION_MONTHS


def due(now: dt.datetime | None = None) -> QuerySet[Response]:
    """The responses whose content is to be erased: void ones unread, others after the time that the rules say."""
    now = now or timezone.now()
    withdrawn = Q(need__withdrawn_at__lte=now - VOID_KEPT)
    unopened = Q(
        need__opened_at=None,
        need__outcome__in=(Outcome.ABANDONED, Outcome.CONSULTATION),
        need__outcome_at__lte=now - VOID_KEPT,
    )
    ended = Q(need__outcome_at__lte=now - retention()) & ~Q(need__outcome="")
    not_retained = ~Q(decision__verdict=Verdict.RETAINED, need__outcome=Outcome.ADOPTED)
    found = Response.objects.filter(withdrawn | unopened | (ended & not_retained), purged_at=None)
    return found.select_related("need").order_by("pk")


def purge_due() -> int:
    """Erases some of what is due; how many. Called regularly."""
    return sum(1 for _response in purge(due()[:_AT_A_TIME]))


def purge(responses: QuerySet[Response]) -> Iterator[Response]:
    """Erases responses one by one, each in a transaction of its own; gives those that it has erased."""
    for response in responses:
        if _purge_one(response):
            yield response


@transaction.atomic
def _purge_one(response: Response) -> bool:
    """Whether it was still due once its need was held."""
    locked(response.need)
    response = due().filter(pk=response.pk).first()
    if response is None:
        return False
    files = [one.file for one in response.files.all()]
    response.files.all().delete()
    Note.objects.filter(response=response).delete()
    Opinion.objects.filter(response=response).delete()
    ExchangeAnswer.objects.filter(response=response).update(answer=None)
    response.draft, response.deposited, response.purged_at = b"", None, timezone.now()
    response.save(update_fields=["draft", "deposited", "purged_at"])
    for file in files:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))
    logger.info("The content of a response is erased.")
    return True
