from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from ..models import Question


def register() -> None:
    register_personal_data(
        PersonalData(
            name="questions",
            label=_("The questions that you asked on needs, and those that you answered"),
            purpose=_("To tell you what became of your questions: nobody else learns that they are yours."),
            kept=_("As long as the need is here; nobody’s any more once your account is closed."),
            export=_exported,
            erase=_erase,
        )
    )


def _exported(person: AbstractUser) -> dict[str, Any]:
    asked = Question.objects.filter(asker=person).select_related("need", "asker_organisation").order_by("asked_at")
    answered = Question.objects.filter(answered_by=person).select_related("need").order_by("published_at", "pk")
    return {
        "asked": [
            {
                "need": str(question.need),
                "organisation": str(question.asker_organisation or ""),
                "text": question.text,
                "asked_at": question.asked_at,
                "state": question.state,
                "reason": question.dismissal,
            }
            for question in asked
        ],
        "answered": [
            {"need": str(question.need), "state": question.state, "published_at": question.published_at}
            for question in answered
        ],
    }


def _erase(person: AbstractUser) -> None:
    """A company of one person would name them as well."""
    Question.objects.filter(asker=person).update(asker=None, asker_organisation=None)
