from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from .models import Shortlist


def register() -> None:
    register_personal_data(
        PersonalData(
            name="shortlists",
            label=_("Shortlists that you have drawn up"),
            purpose=_("For your colleagues to know whom to ask. The copy that is locked does not hold your name."),
            kept=_("As long as your organisation keeps the list; without your name once your account is closed."),
            export=_exported,
            erase=_erase,
        )
    )


def _exported(person: AbstractUser) -> list[dict[str, Any]]:
    own = Shortlist.objects.filter(drawn_up_by=person).select_related("organisation__territory").defer("content")
    return [
        {
            "title": shortlist.title,
            "organisation": str(shortlist.organisation),
            "created_at": shortlist.created_at,
            "locked_at": shortlist.locked_at,
        }
        for shortlist in own
    ]


def _erase(person: AbstractUser) -> None:
    Shortlist.objects.filter(drawn_up_by=person).update(drawn_up_by=None)
