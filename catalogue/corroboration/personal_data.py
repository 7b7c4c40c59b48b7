"""What is kept of agents who confirm what a sheet says."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from ..models import Corroboration
from ..sheet.groups import field_label


def register() -> None:
    register_personal_data(
        PersonalData(
            name="corroborations",
            label=_("What you confirmed of solutions that your authority uses"),
            purpose=_("To show that an authority stands by it. Readers see your authority, not you."),
            kept=_("As long as the solution’s sheet says it; without your name once your account is closed."),
            export=_confirmed,
        )
    )


def _confirmed(person: AbstractUser) -> list[dict[str, Any]]:
    return [
        {
            "solution": said.claim.solution.title,
            "field": field_label(said.claim.field),
            "organisation": said.organisation.name,
            "confirmed_at": said.confirmed_at,
        }
        for said in Corroboration.objects.filter(person=person).select_related("claim__solution", "organisation")
    ]
