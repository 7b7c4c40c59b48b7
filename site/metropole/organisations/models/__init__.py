"""Organisations, the people in them, and what both have agreed to."""

from .domain import EmailDomain
from .invitation import Invitation
from .legal import Acceptance, LegalText
from .membership import Membership
from .organisation import Organisation

__all__ = ["Acceptance", "EmailDomain", "Invitation", "LegalText", "Membership", "Organisation"]
