"""What is kept of people as those who open, read and judge responses."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from ..models import Declaration, ExchangeAnswer, Note, Opening


def register() -> None:
    register_personal_data(
        PersonalData(
            name="openings",
            label=_("The openings of responses in which you took part, and your declarations of interests"),
            purpose=_(
                "To show that two people opened the responses to a need, and that who read them had no interest."
            ),
            kept=_("As long as the need is here; without your name once your account is closed."),
            export=_openings,
        ),
        PersonalData(
            name="reading_notes",
            label=_("The notes that you wrote on responses, and the answers that you gave in exchanges"),
            purpose=_("For the panel to compare what each found, and for your organisation to answer it."),
            kept=_("Until the response is erased; without your name once your account is closed."),
            export=_notes,
        ),
    )


def _openings(person: AbstractUser) -> dict[str, Any]:
    openings = Opening.objects.filter(Q(asked_by=person) | Q(confirmed_by=person)).select_related("need")
    return {
        "openings": [
            {
                "need": one.need.slug,
                "at": one.asked_at if one.asked_by_id == person.pk else one.confirmed_at,
                "statement": one.statement if one.asked_by_id == person.pk else one.second_statement,
            }
            for one in openings
        ],
        "declarations": [
            {
                "need": one.need.slug,
                "has_conflict": one.has_conflict,
                "statement": one.statement,
                "declared_at": one.declared_at,
            }
            for one in Declaration.objects.filter(person=person).select_related("need")
        ],
    }


def _notes(person: AbstractUser) -> dict[str, Any]:
    return {
        "notes": [
            {"need": one.response.need.slug, "points": one.points, "text": one.text, "updated_at": one.updated_at}
            for one in Note.objects.filter(person=person).select_related("response__need")
        ],
        "answers": [
            {"need": one.exchange.need.slug, "answered_at": one.answered_at}
            for one in ExchangeAnswer.objects.filter(answered_by=person).select_related("exchange__need")
        ],
    }
