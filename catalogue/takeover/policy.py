"""Who says that a sheet is of their own solution, and who believes it. Nobody decides for an organisation of theirs."""

from django.utils.translation import gettext as _

from metropole.core.policy import Person, policy
from metropole.moderation.policy import may_see_queue
from metropole.organisations.enums import CARRIER_KINDS, Right
from metropole.organisations.models import Organisation
from metropole.organisations.policy import is_member
from metropole.organisations.querysets import OrganisationQuerySet

from ..models.solution import SolutionPage
from .models import Takeover


def carriers_of(person: Person) -> OrganisationQuerySet:
    """The verified companies, associations and the like that a person contributes for."""
    return Organisation.objects.verified().of(person, Right.CONTRIBUTES).filter(kind__in=CARRIER_KINDS)


def refusal(solution: SolutionPage, organisation: Organisation) -> str:
    """Why an organisation cannot ask for a sheet, or be given it; "" where it can."""
    if organisation.kind not in CARRIER_KINDS:
        return _("An authority publishes no solution here: it says which ones it uses.")
    if not organisation.is_verified:
        return _("The Métropole has not verified this organisation yet.")
    if not solution.live:
        return _("This sheet is not online.")
    if solution.is_kept_by(organisation):
        return _("This sheet is already that of your organisation.")
    if not solution.is_editorial:
        return _("This sheet was written by its publisher.")
    if solution.publisher_id not in (None, organisation.pk):
        words = {"publisher": solution.publisher}
        return _("The publisher of this solution is %(publisher)s. If that is wrong, report an error.") % words
    return ""


@policy.rule("takeover.ask")
def may_ask(person: Person, organisation: Organisation) -> bool:
    """Ask for a sheet in the name of an organisation."""
    return organisation.kind in CARRIER_KINDS and policy.may(person, "organisation.contribute", organisation)


@policy.rule("takeover.decide")
def may_decide(person: Person, takeover: Takeover) -> bool:
    is_concerned = takeover.asked_by_id == person.pk or is_member(person, takeover.organisation)
    return may_see_queue(person, None) and not is_concerned


@policy.rule("takeover.withdraw")
def may_withdraw(person: Person, takeover: Takeover) -> bool:
    return policy.may(person, "organisation.contribute", takeover.organisation)
