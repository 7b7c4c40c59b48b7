from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, exported, register_personal_data

from ..models import Receipt, Response


def register() -> None:
    register_personal_data(
        PersonalData(
            name="responses",
            label=_("Responses that you have begun, and receipts of what you deposited"),
            purpose=_("For your organisation to know who did what in its name. What it answers is its own, sealed."),
            kept=_("As long as the response is kept; without your name once your account is closed."),
            export=_exported,
            erase=_erase,
        )
    )


def _exported(person: AbstractUser) -> dict[str, Any]:
    begun = Response.objects.filter(begun_by=person)
    receipts = Receipt.objects.filter(person=person)
    return {
        "begun": exported(begun, need="need__slug", organisation="organisation__name", begun_at="created_at"),
        "receipts": exported(
            receipts, number="number", kind="kind", at="at", need="response__need__slug", sha256="digest"
        ),
    }


def _erase(person: AbstractUser) -> None:
    Response.objects.filter(begun_by=person).update(begun_by=None)
    Receipt.objects.filter(person=person).update(person=None)
