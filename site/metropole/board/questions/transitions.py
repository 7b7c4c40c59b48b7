"""What becomes of a question, as a table. What is said to the asker alone is not in the journal."""

from django.utils.translation import gettext_lazy as _

from metropole.core.audit import register_action
from metropole.core.lifecycle import Lifecycle, Transition

from ..enums import QuestionState

ASKED, PUBLISHED, DISMISSED = QuestionState

ASK = "board.question.ask"
REWORD = "board.question.reword"
CORRECT = "board.question.correct"

for action, label in {
    ASK: _("a question on a need is asked"),
    REWORD: _("the wording of a question or its answer is prepared"),
    CORRECT: _("the answer to a question is corrected"),
}.items():
    register_action(action, label)

QUESTIONS = Lifecycle(
    "board.question",
    (
        Transition("publish", (ASKED,), PUBLISHED, "question.publish", _("a question is published with its answer")),
        Transition("dismiss", (ASKED,), DISMISSED, "question.handle", _("a question is set aside")),
    ),
)
