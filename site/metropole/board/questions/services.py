"""What people do with questions. Each service locks the need's row and reads the clock afterwards."""

from hashlib import sha256

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from ..lifecycle.services import locked
from ..models import Need, Question
from . import notices
from .deadlines import why_no_answer, why_no_question
from .policy import asking_organisations
from .traces import contacts, pointed_out
from .transitions import ASK, CORRECT, QUESTIONS, REWORD


class ChangedError(TransitionRefusedError):
    """Somebody else has written there since the person was given the form."""


@transaction.atomic
def ask(need: Need, organisation: Organisation, text: str, person: AbstractUser) -> Question:
    """Hands a question to the lead authority, without saying whose it is. The same sent twice is one.

    Raises TransitionRefusedError where it is too late, PermissionDenied, ValidationError.
    """
    need, text = locked(need), text.strip()
    now = timezone.now()
    if why := why_no_question(need, now):
        raise TransitionRefusedError(why)
    policy.require(person, "question.ask", need)
    if not asking_organisations(person, need).filter(pk=organisation.pk).exists():
        raise ValidationError({"organisation": _("You ask for a verified organisation whose member you are.")})
    _check_length("text", text)
    own = {"asker": person, "asker_organisation": organisation, "text": text}
    if known := need.questions.filter(**own, state="asked").first():
        return known
    question = Question.objects.create(need=need, asked_at=now, **own)
    # Without the person and their organisation: editors and administrators read the journal.
    record(question, ASK, None)
    notices.asked(question)
    return question


@transaction.atomic
def reword(question: Question, published_text: str, answer: str, person: AbstractUser, seen: str) -> Question:
    """Keeps what is prepared, for the authority's agents and the moderators alone.

    Raises TransitionRefusedError, ChangedError, PermissionDenied, ValidationError.
    """
    question = _waiting(question, person, "question.handle", seen)
    question.published_text, question.answer = published_text.strip(), answer.strip()
    for name in ("published_text", "answer"):
        _check_length(name, getattr(question, name), is_owed=False)
    question.save(update_fields=["published_text", "answer"])
    record(question, REWORD, person, organisation=question.acting_organisation)
    return question


@transaction.atomic
def publish(
    question: Question, published_text: str, answer: str, person: AbstractUser, seen: str, *, is_reread: bool = False
) -> Question:
    """Has everybody read a question, reworded, with its answer. Nothing of the two is changed afterwards.

    ``is_reread``: the person has read the words again that ``traces`` points out, and says that they show nobody.
    Raises TransitionRefusedError, ChangedError, PermissionDenied, ValidationError.
    """
    question = _waiting(question, person, "question.publish", seen)
    question.published_text, question.answer = published_text.strip(), answer.strip()
    for name in ("published_text", "answer"):
        _check_length(name, getattr(question, name))
    _check_traces(question, is_reread=is_reread)
    question.answered_by, question.published_at = person, timezone.now()
    QUESTIONS.apply(question, "publish", person, changed=("published_text", "answer", "answered_by", "published_at"))
    notices.published(question)
    return question


@transaction.atomic
def dismiss(question: Question, reason: str, person: AbstractUser) -> Question:
    """Sets a question aside; who asked is told why, nobody else is.

    Raises TransitionRefusedError, PermissionDenied, ValidationError.
    """
    question = _waiting(question, person, "question.handle")
    question.dismissal, question.answered_by = reason.strip(), person
    _check_length("dismissal", question.dismissal, field="reason")
    QUESTIONS.apply(question, "dismiss", person, changed=("dismissal", "answered_by"))
    notices.dismissed(question)
    return question


@transaction.atomic
def correct(question: Question, text: str, person: AbstractUser) -> Question:
    """Adds a dated correction below an answer, once.

    Raises TransitionRefusedError, PermissionDenied, ValidationError.
    """
    question = _locked(question)
    policy.require(person, "question.publish", question)
    if not question.is_published:
        raise TransitionRefusedError(_("This question is not published: there is nothing to correct."))
    if question.correction:
        raise TransitionRefusedError(_("This answer is corrected already: the correction stands."))
    question.correction, question.corrected_at = text.strip(), timezone.now()
    _check_length("correction", question.correction)
    question.save(update_fields=["correction", "corrected_at"])
    record(question, CORRECT, person, organisation=question.acting_organisation)
    notices.corrected(question)
    return question


def seen_of(question: Question) -> str:
    """What a form knows of what is prepared, to find out whether somebody else has changed it meanwhile."""
    return sha256("\0".join((question.published_text, question.answer)).encode()).hexdigest()[:16]


def _locked(question: Question) -> Question:
    """As the database has it, with its need's row locked. Raises TransitionRefusedError once the need is not open."""
    need = locked(question.need)
    if why := why_no_answer(need, timezone.now()):
        raise TransitionRefusedError(why)
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    question.need = need
    return question


def _waiting(question: Question, person: AbstractUser, action: str, seen: str | None = None) -> Question:
    question = _locked(question)
    policy.require(person, action, question)
    if not question.is_waiting:
        raise TransitionRefusedError(_("Somebody has answered this question meanwhile, or set it aside."))
    if seen is not None and seen != seen_of(question):
        raise ChangedError(
            _("Somebody else has written here meanwhile: read it first. To keep your own words, send them again.")
        )
    return question


def _check_length(name: str, text: str, *, field: str = "", is_owed: bool = True) -> None:
    longest = Question._meta.get_field(name).max_length
    if is_owed and not text:
        raise ValidationError({field or name: _("This is owed.")})
    if len(text) > longest:
        raise ValidationError({field or name: _("%(longest)d characters at most.") % {"longest": longest}})


def _check_traces(question: Question, *, is_reread: bool) -> None:
    if found := contacts(question.published_text):
        said = _("It holds an address or a telephone number, which may show who asked: take it out (%(words)s).")
        raise ValidationError({"published_text": said % {"words": ", ".join(found)}})
    found = [] if is_reread else pointed_out(question.published_text, question.answer)
    if found:
        said = _(
            "These words may show who asked, whoever it was: %(words)s. Reword, or say that you have read them again."
        )
        raise ValidationError({"is_reread": said % {"words": ", ".join(found)}})
