"""What of deployments waits in somebody's workspace."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractUser

from metropole.core.policy import policy

from .enums import DeploymentState
from .models import Deployment, DeploymentStage

ASKED = {DeploymentState.DECLARED: "deployment.confirm", DeploymentState.SOURCED: "deployment.take_over"}
"""What an authority's agent is asked to confirm: a colleague's declaration, or what editors read in public sources."""


def to_confirm(person: AbstractUser) -> list[DeploymentStage]:
    """What a person may confirm as an agent of its authority, the oldest first."""
    deployments = Deployment.objects.of_contributor(person)
    found = DeploymentStage.objects.filter(deployment__in=deployments, state__in=ASKED).exclude(declared_by=person)
    related = found.select_related("deployment__solution__locale", "deployment__organisation", "declared_by").in_order()
    return [stage for stage in related if policy.may(person, ASKED[DeploymentState(stage.state)], stage)]


def waiting_count(person: AbstractUser) -> int:
    return len(to_confirm(person))


def waiting_part(person: AbstractUser) -> Mapping[str, object] | None:
    """For the workspace's home; None where nothing waits."""
    waiting = to_confirm(person)
    return {"waiting": waiting} if waiting else None
