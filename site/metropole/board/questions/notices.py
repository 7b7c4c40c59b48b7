"""What people are told of questions. Who asked is told at once and alone; everybody else once a day, all together."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.contrib.auth.models import AbstractUser
from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from metropole.accounts.models import User
from metropole.core.templatetags.site_tags import paris_time
from metropole.notifications.enums import Pace
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify
from metropole.notifications.topics import Topic, register_topics

from ..audience import people, register_audience
from ..lifecycle.table import Told
from ..models import Need, Question
from ..notices import TOPIC, authors
from .deadlines import answers_due

DAILY_TOPIC = "questions"
_YOURS = _("You asked it. Nobody else is told that it was you.")
_OF_YOUR_AUTHORITY = _("You contribute for the authority that leads this need.")
_INTERESTED = _("You carry this need, follow it, have asked about it or prepare a response.")

# fmt: off
KINDS = (
    Kind("question.asked", TOPIC, _("A question is asked on “%(need)s”"),
         _("Read it, then publish it with your answer or set it aside. Answers are due by %(due)s."),
         _OF_YOUR_AUTHORITY),
    Kind("question.waiting", TOPIC, _("Questions on “%(need)s” wait for an answer"),
         _("Answers were due by %(due)s. You can publish them until the need closes, %(closes)s; everybody reads how "
           "many questions have none."), _OF_YOUR_AUTHORITY),
    Kind("question.answered", TOPIC, _("Your question on “%(need)s” is answered"),
         _("Everybody reads it on the need’s page, reworded and without your name."), _YOURS),
    Kind("question.dismissed", TOPIC, _("Your question on “%(need)s” is set aside"),
         _("It is not published. The reason, which only you are told:\n%(reason)s"), _YOURS),
    Kind("question.published", DAILY_TOPIC, _("An answer is published on “%(need)s”"),
         _("Question:\n%(question)s\n\nAnswer:\n%(answer)s"), _INTERESTED),
    Kind("question.corrected", DAILY_TOPIC, _("An answer on “%(need)s” is corrected"),
         _("Question:\n%(question)s\n\nCorrection:\n%(correction)s"), _INTERESTED),
)
# fmt: on


def register() -> None:
    explanation = _("The questions answered on needs that you carry, follow, ask about or respond to.")
    register_topics(Topic(DAILY_TOPIC, _("Questions and answers on needs"), explanation, 22, usual=Pace.DAILY))
    register_kinds(*KINDS)
    register_audience(Told.FOLLOWERS, askers)


def askers(need: Need) -> Iterable[AbstractUser]:
    return User.objects.filter(pk__in=need.questions.exclude(asker=None).values("asker"))


def asked(question: Question) -> None:
    """Tells the lead authority's agents, not even with the words: a mail is handed on, and words may show a name."""
    need, route = question.need, ("questions:question", str(question.pk))
    _tell(authors(need), "question.asked", f"question.ask:{question.pk}", need, route, due=_instant(answers_due(need)))


def waiting(need: Need, moment: dt.datetime) -> None:
    """Warns the lead authority's agents, once a moment."""
    route, event = ("board:manage", str(need.key)), f"question.waiting:{need.pk}:{moment.isoformat()}"
    words = {"due": _instant(answers_due(need)), "closes": _instant(need.closes_at)}
    _tell(authors(need), "question.waiting", event, need, route, **words)


def published(question: Question) -> None:
    words = {"question": question.published_text, "answer": question.answer}
    _tell_asker(question, "question.answered", ("board:need", question.need.slug))
    _tell_all(question, "question.published", **words)


def dismissed(question: Question) -> None:
    _tell_asker(question, "question.dismissed", ("questions:mine",), reason=question.dismissal)


def corrected(question: Question) -> None:
    _tell_all(question, "question.corrected", question=question.published_text, correction=question.correction)


def _tell_asker(question: Question, kind: str, route: tuple[str, ...], **words: str) -> None:
    if question.asker:
        _tell([question.asker], kind, f"{kind}:{question.pk}", question.need, route, **words)


def _tell_all(question: Question, kind: str, /, **words: str) -> None:
    """All who are interested alike; who asked was told by itself when it was answered."""
    need = question.need
    told = people(need, Told.CARRIERS, Told.FOLLOWERS, Told.RESPONDENTS)
    if kind == "question.published":
        told = [person for person in told if person.pk != question.asker_id]
    _tell(told, kind, f"{kind}:{question.pk}", need, ("board:need", need.slug), **words)


def _tell(
    told: Iterable[AbstractUser],
    kind: str,
    event: str,
    need: Need,
    route: tuple[str, ...],
    **words: str | Callable[[], str],
) -> None:
    """In the language of each."""
    prefetch_related_objects([need], "texts__locale")
    for person in told:
        with override(person.language):
            said = {name: word() if callable(word) else word for name, word in words.items()}
            notify([person], kind, event, route, need=str(need), **said)


def _instant(moment: dt.datetime) -> Callable[[], str]:
    """An instant with its zone, in the language in use."""
    return lambda: strip_tags(paris_time(moment))
