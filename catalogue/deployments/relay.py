"""Writing to the authority that uses a solution: no address is shown, and who writes gives theirs."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from metropole.accounts.models import User
from metropole.core.audit import record
from metropole.core.policy import policy
from metropole.moderation.notifications import contributors
from metropole.notifications.models import Notification
from metropole.organisations.models import Organisation

from . import notices
from .models import Deployment
from .policy import writing_authorities
from .transitions import WRITE_TO


def recipients(deployment: Deployment) -> list[User]:
    """Who declared it, as long as they contribute for its authority; else all who do."""
    agents = contributors([deployment.organisation])
    agents = [agent for agent in agents if agent.is_active]
    return [agent for agent in agents if agent.pk == deployment.declared_by_id] or agents


@transaction.atomic
def write(deployment: Deployment, person: AbstractUser, authority: Organisation, text: str) -> None:
    """Hands a message on, with the writer's name, authority and address. Raises PermissionDenied, ValidationError."""
    policy.require(person, "deployment.write_to", deployment)
    if not writing_authorities(person).filter(pk=authority.pk).exists():
        raise ValidationError({"organisation": _("You write in the name of an authority whose member you are.")})
    people = recipients(deployment)
    if not people:
        raise ValidationError(_("Nobody of this authority can be reached here any more."))
    notices.message(
        deployment,
        people,
        f"{notices.MESSAGE}:{deployment.pk}:{get_random_string(12)}",
        writer=person.pk,
        person=str(person),
        authority=authority.name,
        address=person.email,
        text=text,
    )
    record(deployment, WRITE_TO, person, organisation=authority)


def forget_writer(person: AbstractUser) -> None:
    """What they wrote stays with who received it, without their name and address."""
    for news in Notification.objects.filter(kind=notices.MESSAGE, words__writer=person.pk):
        news.words = {name: word for name, word in news.words.items() if name not in ("writer", "person", "address")}
        news.save(update_fields=["words"])
