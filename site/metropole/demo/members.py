"""Puts the accounts of the demonstration into organisations, where they may do what their role does."""

from metropole.accounts.models import User
from metropole.organisations.enums import MembershipState, OrganisationKind, Sector, Size
from metropole.organisations.models import Membership, Organisation

from .example import publish_example

COMMUNE = "noisy-le-grand"
COMPANY = "societe-exemple"


def make_members(agent: User, carrier: User) -> None:
    """An agent who owns and engages a commune, and the owner of a company that does not exist, with its sheet."""
    _make_owner(agent, Organisation.objects.get(slug=COMMUNE))
    company = example_company()
    _make_owner(carrier, company)
    publish_example(company)


def example_company() -> Organisation:
    """Without a number of INSEE's: any that is well-formed may be somebody's."""
    company, _created = Organisation.objects.update_or_create(
        slug=COMPANY,
        defaults={
            "name": "Société d’exemple (fictive)",
            "kind": OrganisationKind.STARTUP,
            "description": "Cette société n’existe pas : elle sert à essayer la démonstration.",
            "sector": Sector.INFORMATION,
            "size": Size.MICRO,
        },
    )
    return company


def _make_owner(person: User, organisation: Organisation) -> None:
    membership, _created = Membership.objects.current().get_or_create(person=person, organisation=organisation)
    membership.state = MembershipState.ACTIVE
    membership.rights = organisation.grantable_rights
    membership.save()
