"""What people are told of the deployments of their authority, and what agents write to each other by relay."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from metropole.accounts.models import User
from metropole.moderation.notifications import contributors
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify
from metropole.notifications.topics import Topic, register_topics
from metropole.organisations.people import editors

from .models import Deployment, DeploymentStage
from .policy import is_agent

TOPIC = "deployments"
MESSAGE = "deployment.message"
_OF_YOURS = _("You contribute for this authority.")

# fmt: off
KINDS = (
    Kind("deployment.declared", TOPIC, _("To be confirmed: %(organisation)s and “%(solution)s”"),
         _("%(person)s declares: %(stage)s. Everybody reads it once a second agent has confirmed it."), _OF_YOURS),
    Kind("deployment.confirmed", TOPIC, _("Confirmed: %(organisation)s and “%(solution)s”"),
         _("Everybody now reads: %(stage)s."), _OF_YOURS),
    Kind("deployment.refused", TOPIC, _("Not confirmed: %(organisation)s and “%(solution)s”"),
         _("What was declared (%(stage)s) is refused:\n%(reason)s"), _OF_YOURS),
    Kind("deployment.contested", TOPIC, _("Contested: %(organisation)s and “%(solution)s”"),
         _("The authority contests what public sources say (%(stage)s):\n%(reason)s"),
         _("You look after what the site draws from public sources.")),
    Kind(MESSAGE, TOPIC, _("%(person)s (%(authority)s) writes to you about “%(solution)s”"),
         _("%(text)s\n\nAnswer to: %(address)s"),
         _("Your authority has said that it uses this solution, and you contribute for it.")),
)
# fmt: on


def register() -> None:
    explanation = _("What your authority uses: what waits for a confirmation, and what other agents ask you.")
    register_topics(Topic(TOPIC, _("Deployments"), explanation, 10))
    register_kinds(*KINDS)


def declared(stage: DeploymentStage) -> None:
    """Tells the colleagues who may confirm it."""
    deployment = stage.deployment
    colleagues = [one for one in contributors([deployment.organisation]) if one != stage.declared_by]
    able = [one for one in colleagues if is_agent(one, deployment.solution, deployment.organisation)]
    _tell(able, "deployment.declared", stage, person=str(stage.declared_by))


def confirmed(stage: DeploymentStage) -> None:
    _tell(contributors([stage.deployment.organisation]), "deployment.confirmed", stage)


def refused(stage: DeploymentStage, by: AbstractUser) -> None:
    """Tells who declared it."""
    if stage.declared_by and stage.declared_by != by:
        _tell([stage.declared_by], "deployment.refused", stage, reason=stage.reason)


def contested(stage: DeploymentStage) -> None:
    """Tells the editor who drew it up, or all of them."""
    _tell(
        [stage.declared_by] if stage.declared_by else editors(), "deployment.contested", stage, (), reason=stage.reason
    )


def _tell(
    people: Iterable[AbstractUser],
    kind: str,
    stage: DeploymentStage,
    route: tuple[str | int, ...] | None = None,
    **words: str,
) -> None:
    """In the language of each, who reads the stage in it."""
    deployment = stage.deployment
    route = ("deployments:deployment", deployment.pk) if route is None else route
    for person in people:
        with override(person.language):
            words["stage"] = stage.get_stage_display()
        named = {"organisation": deployment.organisation.name, "solution": deployment.solution.title}
        notify([person], kind, f"{kind}:{stage.pk}", route, **named, **words)


def message(deployment: Deployment, people: Iterable[User], event: str, **words: str | int) -> None:
    """Hands on what an agent of another authority writes."""
    notify(
        people, MESSAGE, event, ("deployments:deployment", deployment.pk), solution=deployment.solution.title, **words
    )
