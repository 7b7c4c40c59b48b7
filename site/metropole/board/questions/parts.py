"""The questions on a need's own page, and on its screen in the workspace."""

from django.http import HttpRequest

from ..enums import QuestionState
from ..models import Need, Question
from ..parts import Context, NeedPart, register_need_part
from ..policy import leads, moderates
from .deadlines import answers_are_owed, answers_due, questions_end, why_no_answer, why_no_question

PUBLIC = ("need", "state", "published_text", "answer", "published_at", "correction", "corrected_at")
"""What of a question everybody may read: neither its own words nor anything of who asked is fetched."""


def register() -> None:
    register_need_part(NeedPart("body", "questions/_public.html", public_part, 200))
    register_need_part(NeedPart("workspace", "questions/_manage.html", own_part, 300))


def public_part(request: HttpRequest, need: Need) -> Context | None:
    """The published pairs in the order of their publication, until when one may ask, and how many have no answer."""
    known = need.questions.exclude(state=QuestionState.DISMISSED).only(*PUBLIC)
    pairs = [question for question in known if question.is_published]
    unanswered = len(known) - len(pairs) if answers_are_owed(need) else 0
    takes_questions = not why_no_question(need)
    if not (pairs or unanswered or takes_questions):
        return None
    return {
        "need": need,
        "pairs": pairs,
        "unanswered": unanswered,
        "takes_questions": takes_questions,
        "questions_end": questions_end(need),
        "answers_due": answers_due(need),
    }


def own_part(request: HttpRequest, need: Need) -> Context | None:
    """For the lead authority and the moderators: who carries the need besides reads what everybody does."""
    person = request.user
    if not need.published_at or not (leads(person, need) or moderates(person, need)):
        return None
    questions = list(need.questions.defer("asker", "asker_organisation"))
    if not questions and why_no_question(need):
        return None
    return {
        "need": need,
        "waiting": _in_state(questions, QuestionState.ASKED),
        "published": _in_state(questions, QuestionState.PUBLISHED),
        "dismissed": _in_state(questions, QuestionState.DISMISSED),
        "is_late": answers_are_owed(need),
        "is_open": not why_no_answer(need),
        "answers_due": answers_due(need),
    }


def _in_state(questions: list[Question], state: QuestionState) -> list[Question]:
    return [question for question in questions if question.state == state]
