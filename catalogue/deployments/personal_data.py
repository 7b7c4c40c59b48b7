"""What is kept of people as agents who declare and confirm deployments, and who write to each other about them."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data
from metropole.notifications.models import Notification

from .models import DeploymentStage
from .notices import MESSAGE
from .relay import forget_writer


def register() -> None:
    register_personal_data(
        PersonalData(
            name="deployments",
            label=_("The deployments that you declared or confirmed"),
            purpose=_("To show that two agents of an authority say that it uses a solution."),
            kept=_("As long as the solution’s sheet is here; without your name once your account is closed."),
            export=_declared_or_confirmed,
        )
    )
    register_personal_data(
        PersonalData(
            name="deployment_messages",
            label=_("The messages that you sent to other authorities about a deployment"),
            purpose=_("To have them answer you: they receive your name, your authority and your e-mail address."),
            kept=_("By the person who received it, until 12 months after they have read it; without your name and "
                   "address once your account is closed."),
            export=_messages,
            erase=forget_writer,
        )
    )  # fmt: skip


def _declared_or_confirmed(person: AbstractUser) -> list[dict[str, Any]]:
    stages = DeploymentStage.objects.filter(Q(declared_by=person) | Q(confirmed_by=person))
    return [
        {
            "solution": stage.deployment.solution.title,
            "organisation": stage.deployment.organisation.name,
            "stage": stage.stage,
            "state": stage.state,
            "declared_at": stage.declared_at if stage.declared_by_id == person.pk else None,
            "confirmed_at": stage.confirmed_at if stage.confirmed_by_id == person.pk else None,
        }
        for stage in stages.select_related("deployment__solution", "deployment__organisation").in_order()
    ]


def _messages(person: AbstractUser) -> list[dict[str, Any]]:
    return [
        {"solution": news.words["solution"], "text": news.words["text"], "sent_at": news.created_at}
        for news in Notification.objects.filter(kind=MESSAGE, words__writer=person.pk)
    ]
