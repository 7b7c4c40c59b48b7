"""What is kept of people who write needs: these belong to their authorities, which keep them when they go."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data
from metropole.core.policy import policy

from ..models import Need, NeedEvent


def register() -> None:
    register_personal_data(
        PersonalData(
            name="needs",
            label=_("The needs that you began, and the steps that you took with needs"),
            purpose=_("To publish them in the name of your authorities, and to show who decided what."),
            kept=_("As long as the needs; under a number once your account is closed."),
            export=_exported,
        )
    )


def _exported(person: AbstractUser) -> dict[str, Any]:
    begun = Need.objects.filter(author=person).select_related("organisation").order_by("pk")
    steps = NeedEvent.objects.filter(person=person).values("need__key", "action", "at", "reason")
    return {"begun": [_facts(need) | _words(need, person) for need in begun], "steps": list(steps)}


def _facts(need: Need) -> dict[str, Any]:
    return {"key": need.key, "organisation": need.organisation.name, "state": need.state}


def _words(need: Need, person: AbstractUser) -> dict[str, Any]:
    """Only for who may still read them: colleagues go on writing after somebody has left."""
    return {"title": need.name, "typed": need.typed} if policy.may(person, "need.prepare", need) else {}
