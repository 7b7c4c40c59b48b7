"""How the panel asks respondents for more: the same of all, at the same instant, with the same time to answer."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metropole.board.lifecycle.services import locked
from metropole.board.models import Need
from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy

from ..models import Exchange, ExchangeAnswer, Response
from ..policy import is_studied
from ..sealing import UnreadableError, seal
from . import notices
from .enums import ExchangeKind
from .models.exchanges import LONGEST_EXCHANGE
from .panel import deposited

SHORTEST = dt.timedelta(days=2)
INVITED = "board.need.invite_exchange"


@transaction.atomic
def invite(
    need: Need, person: AbstractUser, kind: str, text: str, due_at: dt.datetime, responses: Collection[Response]
) -> Exchange:
    """Puts the same questions to some respondents. Raises PermissionDenied, ValidationError."""
    need = locked(need)
    policy.require(person, "panel.lead", need)
    now = timezone.now()
    known = {response.pk: response for response in deposited(need)}
    chosen = [known[response.pk] for response in responses if response.pk in known]
    errors = {}
    if not chosen or len(chosen) != len(responses):
        errors["responses"] = _("Choose at least one of these responses.")
    if kind not in ExchangeKind.values:
        errors["kind"] = _("Choose a clarification or a demonstration.")
    if not text.strip():
        errors["text"] = _("Write what you ask.")
    if due_at < now + SHORTEST:
        said = ngettext("Leave %(days)d day at least.", "Leave %(days)d days at least.", SHORTEST.days)
        errors["due_at"] = said % {"days": SHORTEST.days}
    if errors:
        raise ValidationError(errors)
    exchange = Exchange.objects.create(
        need=need, kind=kind, text=text.strip()[:LONGEST_EXCHANGE], due_at=due_at, sent_by=person, sent_at=now
    )
    ExchangeAnswer.objects.bulk_create(ExchangeAnswer(exchange=exchange, response=one) for one in chosen)
    record(need, INVITED, person, organisation=need.organisation)
    for answer in exchange.answers.select_related("response__organisation", "exchange__need"):
        notices.invited(answer)
    return exchange


@transaction.atomic
def answer(invited: ExchangeAnswer, person: AbstractUser, text: str) -> ExchangeAnswer:
    """An organisation's answer, which it may write anew until the time is over. Raises ValidationError."""
    need = locked(invited.exchange.need)
    invited = ExchangeAnswer.objects.select_related("exchange", "response__organisation").get(pk=invited.pk)
    policy.require(person, "exchange.answer", invited)
    now = timezone.now()
    if now >= invited.exchange.due_at or not is_studied(need):
        raise TransitionRefusedError(_("The time to answer is over."))
    if not text.strip():
        raise ValidationError({"text": _("Write your answer.")})
    invited.answer, invited.answered_at, invited.answered_by = seal(text.strip().encode()), now, person
    invited.save()
    return invited


def readable_words(invited: ExchangeAnswer) -> str:
    """What the panel reads of an answer: nothing before the time of all is over."""
    if timezone.now() < invited.exchange.due_at:
        return ""
    return own_words(invited)


def own_words(invited: ExchangeAnswer) -> str:
    """What its own organisation reads of it."""
    try:
        return invited.words
    except UnreadableError:
        return _("This answer cannot be read any more.")
