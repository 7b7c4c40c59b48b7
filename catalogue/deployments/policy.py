"""Who says that an authority uses a solution: its own agents, never who sells it; and a second one confirms."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from metropole.core.policy import Person, policy
from metropole.moderation.policy import is_moderator
from metropole.organisations.enums import AUTHORITY_KINDS, Right
from metropole.organisations.models import Membership, Organisation
from metropole.organisations.policy import is_member
from metropole.organisations.querysets import OrganisationQuerySet

from .models import Deployment, DeploymentStage

CHANGE_DEPLOYMENTS = "catalogue.change_deployment"
"""What the groups of the admin hold whose people draw up deployments from public sources."""


def carriers(solution: Page) -> list[int]:
    """Who makes, sells or carries a solution: its publisher, and the organisations whose sheet it is."""
    named = [organisation.pk for organisation in solution.organisations.all()]
    return [*named, solution.publisher_id] if solution.publisher_id else named


def refusal(solution: Page, organisation: Organisation) -> str:
    """Why nobody can say that this organisation uses that solution; "" where its agents can."""
    words = {"organisation": organisation.name}
    if not organisation.is_authority:
        return _("%(organisation)s carries solutions: only an authority says which ones it uses.") % words
    if not organisation.is_verified:
        return _("The Métropole has not verified %(organisation)s yet: it cannot declare anything.") % words
    if organisation.pk in carriers(solution):
        return _("%(organisation)s publishes or carries this solution: it cannot declare that it uses it.") % words
    return ""


def refusal_of_person(solution: Page, person: Person) -> str:
    """Why a person declares and confirms nothing about a solution, whoever they act for; "" where they may."""
    if Organisation.objects.of(person).filter(pk__in=carriers(solution)).exists():
        return _(
            "You are a member of an organisation that publishes or carries this solution: a colleague declares it."
        )
    return ""


def other_agents(organisation: Organisation, person_id: int | None) -> bool:
    """Whether somebody else contributes for an authority, and could confirm what a person declared."""
    contributors = Membership.objects.holding(Right.CONTRIBUTES).filter(
        organisation=organisation, person__is_active=True
    )
    return contributors.exclude(person=person_id).exists()


def is_agent(person: Person, solution: Page, organisation: Organisation) -> bool:
    may = policy.may(person, "organisation.contribute", organisation)
    return may and not (refusal(solution, organisation) or refusal_of_person(solution, person))


@policy.rule("deployment.declare")
def may_declare(person: Person, deployment: Deployment) -> bool:
    """Say that one's authority uses a solution; of a deployment that need not be stored yet."""
    return is_agent(person, deployment.solution, deployment.organisation)


@policy.rule("deployment.change")
def may_change(person: Person, deployment: Deployment) -> bool:
    """Declare another stage of it, its end or a correction; take back what waits."""
    return is_agent(person, deployment.solution, deployment.organisation)


@policy.rule("deployment.withdraw")
def may_withdraw(person: Person, stage: DeploymentStage) -> bool:
    """Take back, or write anew, what waits for a confirmation: it is the authority's, whoever wrote it."""
    return may_change(person, stage.deployment)


@policy.rule("deployment.confirm")
def may_confirm(person: Person, stage: DeploymentStage) -> bool:
    """Confirm or refuse what a colleague declared; a moderator does where the authority has no other agent."""
    if stage.declared_by_id == person.pk:
        return False
    deployment = stage.deployment
    if is_agent(person, deployment.solution, deployment.organisation):
        return True
    return may_stand_in(person, stage)


@policy.rule("deployment.stand_in")
def may_stand_in(person: Person, stage: DeploymentStage) -> bool:
    """Confirm or refuse in the place of the colleague that an authority does not have."""
    deployment = stage.deployment
    is_alone = not other_agents(deployment.organisation, stage.declared_by_id)
    is_concerned = stage.declared_by_id == person.pk or refusal_of_person(deployment.solution, person)
    return is_alone and is_moderator(person) and not is_concerned


@policy.rule("deployment.take_over")
def may_take_over(person: Person, stage: DeploymentStage) -> bool:
    """Confirm or contest, for the authority, what editors read in public sources."""
    if stage.declared_by_id == person.pk:
        return False
    return is_agent(person, stage.deployment.solution, stage.deployment.organisation)


@policy.rule("deployment.draw_up")
def may_draw_up(person: Person, target: object) -> bool:
    """Write down, and take back, what public sources say."""
    return person.has_perm(CHANGE_DEPLOYMENTS)


@policy.rule("deployment.see")
def may_see(person: Person, deployment: Deployment) -> bool:
    """See, in the workspace, what an authority has declared and what waits there."""
    return policy.may(person, "organisation.contribute", deployment.organisation)


@policy.rule("deployment.write_to")
def may_write_to(person: Person, deployment: Deployment) -> bool:
    """Write, by relay, to an authority about what it uses: for agents of other authorities."""
    if not deployment.is_confirmed or not deployment.organisation.is_verified:
        return False
    return writing_authorities(person).exists() and not is_member(person, deployment.organisation)


def writing_authorities(person: Person) -> OrganisationQuerySet:
    """The verified authorities in whose name a person may write to another."""
    return Organisation.objects.verified().of(person).filter(kind__in=AUTHORITY_KINDS)
