"""What is kept of people who ask for a sheet in the name of their organisation."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from .models import Takeover


def register() -> None:
    register_personal_data(
        PersonalData(
            name="takeovers",
            label=_("The sheets of solutions that you asked for, for your organisation"),
            purpose=_("To know who says that a solution is its own. The editors see it."),
            kept=_("As long as the solution’s sheet is here; without your name once your account is closed."),
            export=_asked,
        )
    )


def _asked(person: AbstractUser) -> list[dict[str, Any]]:
    return [
        {
            "solution": asked.solution.title,
            "organisation": asked.organisation.name,
            "proof": asked.proof,
            "siret": asked.siret,
            "asked_at": asked.asked_at,
            "state": asked.state,
        }
        for asked in Takeover.objects.filter(asked_by=person).select_related("solution", "organisation")
    ]
