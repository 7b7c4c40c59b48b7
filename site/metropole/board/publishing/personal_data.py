"""What is kept of people as agents who change an open need. The steps that they take are told with their needs."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from ..models import Amendment


def register() -> None:
    register_personal_data(
        PersonalData(
            name="need_amendments",
            label=_("The changes of needs that you proposed"),
            purpose=_("To show moderators and your authority who asked for a change; readers do not see it."),
            kept=_("As long as the need is here; without your name once your account is closed."),
            export=_proposed,
        )
    )


def _proposed(person: AbstractUser) -> list[dict[str, Any]]:
    proposed = Amendment.objects.filter(proposed_by=person).order_by("proposed_at", "pk")
    return [
        {
            "need": str(amendment.need.key),
            "kind": amendment.kind,
            "state": amendment.state,
            "reason": amendment.reason,
            "changes": amendment.changes,
            "proposed_at": amendment.proposed_at,
        }
        for amendment in proposed.select_related("need")
    ]
