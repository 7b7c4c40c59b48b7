"""What is kept of people as agents who bring their authorities together on needs."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, exported, register_personal_data

from ..models import CoCarrier, Interest


def register() -> None:
    register_personal_data(
        PersonalData(
            name="shared_needs",
            label=_("The needs that you asked to carry, or decided on, for your authority"),
            purpose=_("To show who engaged an authority on a need, or let it join."),
            kept=_("As long as the need is here; without your name once your account is closed."),
            export=_carried,
        ),
        PersonalData(
            name="interests",
            label=_("The needs that you said your authority has too"),
            purpose=_("To show who spoke for an authority."),
            kept=_("Until it is taken back; without your name once your account is closed."),
            export=_said,
        ),
    )


def _carried(person: AbstractUser) -> list[dict[str, Any]]:
    found = CoCarrier.objects.filter(Q(asked_by=person) | Q(decided_by=person)).select_related("need", "organisation")
    return [
        {
            "need": one.need.name,
            "organisation": one.organisation.name,
            "state": one.state,
            "asked_at": one.asked_at if one.asked_by_id == person.pk else None,
            "decided_at": one.decided_at if one.decided_by_id == person.pk else None,
        }
        for one in found.prefetch_related("need__texts").order_by("asked_at", "pk")
    ]


def _said(person: AbstractUser) -> list[dict[str, Any]]:
    rows = Interest.objects.filter(said_by=person).order_by("said_at")
    return exported(rows, need="need__slug", organisation="organisation__name", scope="scope", said_at="said_at")
