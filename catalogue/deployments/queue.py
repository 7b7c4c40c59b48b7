"""What waits for moderators: what an authority declares that has no second agent."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.text import capfirst

from metropole.core.policy import policy
from metropole.moderation.enums import Waiting
from metropole.moderation.queue import Row

from .models import Deployment, DeploymentStage
from .policy import other_agents


def alone() -> list[DeploymentStage]:
    waiting = DeploymentStage.objects.waiting().select_related("deployment__solution", "deployment__organisation")
    return [stage for stage in waiting if not other_agents(stage.deployment.organisation, stage.declared_by_id)]


def rows(person: AbstractUser) -> Iterable[Row]:
    for stage in alone():
        yield Row(
            waiting=Waiting.DEPLOYMENT,
            title=stage.deployment.solution.title,
            kind=capfirst(Deployment._meta.verbose_name),
            organisation=stage.deployment.organisation.name,
            since=stage.declared_at,
            url=reverse("deployments_admin:deployment", args=[stage.deployment_id]),
            is_own=not policy.may(person, "deployment.stand_in", stage),
        )
