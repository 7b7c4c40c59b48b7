from django.contrib.auth.models import AbstractUser
from django.db import models
from wagtail.models import Page

from metropole.organisations.enums import Right, Verification
from metropole.organisations.models import Organisation

from .enums import ENDED_STATES, PUBLIC_STATES, DeploymentState, Stage


class DeploymentQuerySet(models.QuerySet):
    def public(self) -> "DeploymentQuerySet":
        """What everybody reads: confirmed by its authority, or drawn from public sources, which is said."""
        return self.filter(state__in=PUBLIC_STATES, organisation__verification=Verification.VERIFIED)

    def confirmed(self) -> "DeploymentQuerySet":
        return self.filter(state=DeploymentState.CONFIRMED)

    def standing(self) -> "DeploymentQuerySet":
        """What is said, be it not confirmed yet."""
        return self.exclude(state__in=ENDED_STATES)

    def running(self) -> "DeploymentQuerySet":
        """Those that have not stopped."""
        return self.exclude(stage=Stage.STOPPED)

    def for_solution(self, page: Page) -> "DeploymentQuerySet":
        """Those of a solution, whichever language its sheet is read in."""
        return self.filter(solution__translation_key=page.translation_key)

    def of_contributor(self, person: AbstractUser) -> "DeploymentQuerySet":
        """Those of the authorities that a person contributes for."""
        return self.filter(organisation__in=Organisation.objects.verified().of(person, Right.CONTRIBUTES))


class DeploymentStageQuerySet(models.QuerySet):
    def public(self) -> "DeploymentStageQuerySet":
        return self.filter(state__in=PUBLIC_STATES)

    def waiting(self) -> "DeploymentStageQuerySet":
        """What a colleague has to confirm."""
        return self.filter(state=DeploymentState.DECLARED)

    def in_order(self) -> "DeploymentStageQuerySet":
        return self.order_by("declared_at", "pk")

    def by_authority(self) -> "DeploymentStageQuerySet":
        """With their deployments, authority by authority: all that a list prints, in one query."""
        related = self.select_related("deployment__organisation__territory", "deployment__solution")
        return related.order_by(
            "deployment__organisation__name", "deployment__started_on", "deployment_id", "declared_at", "pk"
        )
