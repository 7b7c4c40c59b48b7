"""What people are told of the opening of a need's responses, and each respondent of what became of theirs."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from metropole.accounts.models import User
from metropole.board.models import Need
from metropole.board.notices import TOPIC
from metropole.board.policy import has_a_part
from metropole.core.templatetags.site_tags import paris_time
from metropole.moderation.policy import MODERATORS
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify
from metropole.organisations.enums import Right
from metropole.organisations.models import Membership

from ..models import Conclusion, Decision, ExchangeAnswer, FollowUp, Opening, Response

_CARRY = _("You contribute for an authority that carries this need.")
_RESPOND = _("You deposit responses for the organisation that has responded.")

# fmt: off
KINDS = (
    Kind("opening.asked", TOPIC, _("To be confirmed: the opening of the responses to “%(need)s”"),
         _("%(person)s has asked for it. A second person confirms it, and states to have no interest in it."),
         _("You may be the second person who opens them.")),
    Kind("response.invited", TOPIC, _("A question about your response to “%(need)s”"),
         _("%(text)s\n\nAnswer until: %(due)s. The same is asked of all who are invited, with the same time."),
         _RESPOND),
    Kind("response.decided", TOPIC, _("What became of your response to “%(need)s”"),
         _("Decision: %(verdict)s.\n\n%(reason)s"), _RESPOND),
    Kind("need.outcome_due", TOPIC, _("What becomes of “%(need)s”?"),
         _("It closed on %(date)s, and those who responded wait for an answer. Record what becomes of it."), _CARRY),
    Kind("need.feedback_due", TOPIC, _("What came of “%(need)s”?"),
         _("Some months ago a solution was adopted. Say that you use it, and tell other towns what you learnt: what "
           "worked, and what did not."), _CARRY),
)
# fmt: on


def register() -> None:
    register_kinds(*KINDS)


def opening_asked(opening: Opening, able: list[AbstractUser]) -> None:
    """Tells who may confirm it: agents, or where there is none the moderators who have no part in it."""
    need = opening.need
    people = able or [one for one in _moderators() if not has_a_part(one, need)]
    event = f"opening.asked:{need.pk}:{opening.asked_at.isoformat()}"
    _tell(people, "opening.asked", event, need, ("opening:opening", str(need.key)), person=str(opening.asked_by))


def invited(answer: ExchangeAnswer) -> None:
    exchange = answer.exchange
    for person in depositors(answer.response):
        with override(person.language):
            due = _in_words(exchange.due_at)
        event, route = f"response.invited:{answer.pk}", ("opening:answer", str(answer.pk))
        _tell([person], "response.invited", event, exchange.need, route, text=exchange.text, due=due)


def decided(decision: Decision, conclusion: Conclusion) -> None:
    """Tells those who responded of their own decision, and of nobody else's."""
    response = decision.response
    for person in depositors(response):
        with override(person.language):
            verdict = str(decision.get_verdict_display())
            ground = capfirst(str(decision.get_ground_display()))
        reason = "\n\n".join(filter(None, (ground, decision.reason)))
        event, route = f"response.decided:{response.pk}:{conclusion.pk}", ("opening:received", str(response.pk))
        _tell([person], "response.decided", event, response.need, route, verdict=verdict, reason=reason)


def outcome_due(need: Need, people: Iterable[AbstractUser], event: str) -> None:
    for person in people:
        with override(person.language):
            date = _in_words(need.closes_at)
        _tell([person], "need.outcome_due", event, need, ("board:manage", str(need.key)), date=date)


def feedback_due(follow_up: FollowUp, people: Iterable[AbstractUser]) -> None:
    need = follow_up.need
    _tell(people, "need.feedback_due", f"need.feedback_due:{follow_up.pk}", need, ("board:manage", str(need.key)))


def depositors(response: Response) -> list[AbstractUser]:
    """Who may deposit for the organisation that has responded."""
    members = Membership.objects.holding(Right.DEPOSITS).filter(
        organisation=response.organisation_id, person__is_active=True
    )
    return [one.person for one in members.select_related("person")]


def _moderators() -> Iterable[AbstractUser]:
    return User.objects.filter(groups__name=MODERATORS, is_active=True).distinct()


def _in_words(instant: dt.datetime) -> str:
    """In the words of the language that is active, as text alone."""
    words = str(paris_time(instant))
    return words.partition(">")[2].rpartition("<")[0]


def _tell(
    people: Iterable[AbstractUser], kind: str, event: str, need: Need, route: tuple[str, ...], **words: str
) -> None:
    """Each reads the need's title in their language."""
    for person in people:
        text = need.text_for(person.language)
        notify([person], kind, event, route, need=text.title if text else need.name, **words)
