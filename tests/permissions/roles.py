"""The people whose rights the table tells."""

from metropole.accounts.models import User
from metropole.organisations.models import Organisation
from tests.factories import MembershipFactory, UserFactory

ROLES = (
    "visitor",
    "newcomer",
    "agent",
    "owner",
    "other_agent",
    "carrier",
    "carrier_owner",
    "other_carrier",
    "translator",
    "editor",
    "moderator",
    "administrator",
)
GROUPS = {"translator": "Translators", "editor": "Editors", "moderator": "Moderators"}


def person(role: str, authority: Organisation, company: Organisation) -> User | None:
    """Somebody in a role; ``authority`` and ``company`` are those whose things the addresses of the table name."""
    if role == "visitor":
        return None
    user = UserFactory(email=f"{role}@example.org", administrator=role == "administrator", group=GROUPS.get(role))
    everything = {"contributes": True, "owns": True}
    memberships = {
        "agent": {"organisation": authority, "contributes": True},
        "owner": {"organisation": authority, "engages": True, **everything},
        "other_agent": {"engages": True, **everything},
        "carrier": {"organisation": company, "contributes": True},
        "carrier_owner": {"organisation": company, "deposits": True, **everything},
        "other_carrier": {"organisation__commune": False, "deposits": True, **everything},
    }
    if role in memberships:
        MembershipFactory(person=user, **memberships[role])
    return user
