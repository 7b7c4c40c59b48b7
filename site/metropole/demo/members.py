"""Puts the accounts of the demonstration into organisations, where they may do what their role does."""

from metropole.accounts.models import User
from metropole.organisations.enums import MembershipState, OrganisationKind, Sector, Size
from metropole.organisations.models import Membership, Organisation

from .board import publish_example_needs
from .example import publish_example

COMMUNE = "noisy-le-grand"
COMPANY = "societe-exemple"
AUTHORITY = "collectivite-exemple"


def make_members(agent: User, colleague: User, carrier: User) -> None:
    """Two agents of an authority that does not exist, with its needs; one of them owns and engages a commune as well.

    And the owner of a company that does not exist either, with its sheet and its response.
    """
    _make_owner(agent, Organisation.objects.get(slug=COMMUNE))
    authority, company = example_authority(), example_company()
    for person, organisation in ((agent, authority), (colleague, authority), (carrier, company)):
        _make_owner(person, organisation)
    publish_example(company)
    publish_example_needs(company, carrier)


def example_authority() -> Organisation:
    """A public body, as every commune exists."""
    authority, _created = Organisation.objects.update_or_create(
        slug=AUTHORITY,
        defaults={
            "name": "Collectivité d’exemple (fictive)",
            "kind": OrganisationKind.PUBLIC_BODY,
            "description": "Cette collectivité n’existe pas : elle sert à essayer la démonstration.",
        },
    )
    return authority


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
