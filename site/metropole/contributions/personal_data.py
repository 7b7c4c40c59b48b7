"""What is kept of people who contribute: it belongs to their organisations, which keep it when they go."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data
from metropole.core.policy import policy

from .models import Contribution


def register() -> None:
    register_personal_data(
        PersonalData(
            name="contributions",
            label=_("The drafts and the contributions that you began"),
            purpose=_("To publish them in the name of your organisations, whose contributors share them."),
            kept=_("As long as your organisations keep them; under a number once your account is closed."),
            export=_exported,
        )
    )


def _exported(person: AbstractUser) -> list[dict[str, Any]]:
    begun = Contribution.objects.filter(author=person).select_related("organisation")
    return [_with_facts(one) | _with_words(one, person) for one in begun]


def _with_facts(contribution: Contribution) -> dict[str, Any]:
    return {
        "kind": contribution.kind,
        "organisation": contribution.organisation.name,
        "state": contribution.state,
        "begun_at": contribution.created_at,
        "last_changed_at": contribution.updated_at,
    }


def _with_words(contribution: Contribution, person: AbstractUser) -> dict[str, Any]:
    """Only for who may still read them: colleagues go on writing after somebody has left."""
    if not policy.may(person, "contribution.edit", contribution):
        return {}
    return {"title": contribution.title, "typed": contribution.data}
