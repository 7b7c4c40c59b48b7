"""A company with somebody who contributes, a commune with an agent, and those who decide at the Métropole."""

from metropole.contributions.kinds import kind_named
from metropole.contributions.models import Contribution
from metropole.contributions.services import begin
from metropole.organisations.models import Membership
from tests.factories import MembershipFactory, OrganisationFactory, ThemeFactory, UserFactory

SHEET = {
    "title": "Parcaméra",
    "summary": "Compte les places libres.",
    "kind": "software",
    "status": "in_service",
    "contains_ai": "False",
    "personal_data": "False",
    "hosting_place": "France, OVHcloud",
    "price_model": "subscription",
    "how_to_get_it": "Sur devis.",
    "problem_and_use": "On tourne en rond.",
}
"""What a publisher owes, but for the themes: as typed."""


def carrier(**organisation) -> Membership:
    """Somebody who contributes for a company."""
    return MembershipFactory(organisation=OrganisationFactory(**organisation), contributes=True)


def agent() -> Membership:
    return MembershipFactory(contributes=True)


def moderator():
    return UserFactory(group="Moderators")


def sheet_begun_by(membership: Membership, **typed) -> Contribution:
    """A contribution with all that is owed, and what is typed besides."""
    draft = begin(kind_named("solution"), membership.organisation, membership.person)
    draft.data = {**SHEET, "themes": [str(ThemeFactory().pk)], **typed}
    draft.save()
    return draft
