import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    METROPOLE = "metropole", _("metropolis")
    EPT = "ept", _("territory (EPT)")
    COMMUNE = "commune", _("commune")
    PUBLIC_BODY = "public_body", _("other public body")
    STARTUP = "startup", _("startup")
    SME = "sme", _("small or medium-sized company")
    COMPANY = "company", _("large company")
    ASSOCIATION = "association", _("association")
    RESEARCH = "research", _("research body or university")
    COOPERATIVE = "cooperative", _("cooperative")


class Sector(models.TextChoices):
    """What an organisation does: the sections of INSEE's NAF rev. 2, in force since 2008 (in English, NACE Rev. 2).

    Without those of households and of extra-territorial bodies, which nobody who answers a need belongs to.
    """

    AGRICULTURE = "A", _("agriculture, forestry and fishing")
    MINING = "B", _("mining and quarrying")
    MANUFACTURING = "C", _("manufacturing")
    ENERGY = "D", _("electricity, gas, steam and air conditioning supply")
    WATER = "E", _("water supply, sewerage, waste management and remediation")
    CONSTRUCTION = "F", _("construction")
    TRADE = "G", _("wholesale and retail trade, repair of motor vehicles and motorcycles")
    TRANSPORT = "H", _("transportation and storage")
    HOSPITALITY = "I", _("accommodation and food service")
    INFORMATION = "J", _("information and communication")
    FINANCE = "K", _("financial and insurance activities")
    REAL_ESTATE = "L", _("real estate activities")
    SCIENCE = "M", _("professional, scientific and technical activities")
    SUPPORT = "N", _("administrative and support services")
    PUBLIC = "O", _("public administration")
    EDUCATION = "P", _("education")
    HEALTH = "Q", _("human health and social work")
    ARTS = "R", _("arts, entertainment and recreation")
    OTHER = "S", _("other services")


class Size(models.TextChoices):
    """INSEE's categories of companies (decree 2008-1354 of 18 December 2008), which count staff and turnover."""

    MICRO = "micro", _("microenterprise: fewer than 10 people")
    PME = "pme", _("small or medium-sized: fewer than 250 people")
    ETI = "eti", _("intermediate: fewer than 5,000 people")
    GE = "ge", _("large: 5,000 people or more")


class LegalKind(models.TextChoices):
    TERMS = "terms", _("terms of use")
    CHARTER = "charter", _("charter of the community")


class InvitationState(models.TextChoices):
    """Never stored: it follows from what was done, and from the clock."""

    PENDING = "pending", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Verification(models.TextChoices):
    """Whether the Métropole has seen that an organisation is what it says to be."""

    WAITING = "waiting", _("waiting for verification")
    VERIFIED = "verified", _("verified")
    REFUSED = "refused", _("refused")


class MembershipState(models.TextChoices):
    ASKED = "asked", _("asks to join")
    ACTIVE = "active", _("member")
    REFUSED = "refused", _("refused")
    LEFT = "left", _("has left")
    REMOVED = "removed", _("removed")


class Right(models.TextChoices):
    """What a member may do for the organisation, besides reading what is its own: fields of Membership."""

    CONTRIBUTES = "contributes", _("contributes")
    DEPOSITS = "deposits", _("deposits responses")
    ENGAGES = "engages", _("engages the authority")
    OWNS = "owns", _("manages the organisation")


TERRITORIAL_KINDS = (OrganisationKind.METROPOLE, OrganisationKind.EPT, OrganisationKind.COMMUNE)
"""Authorities that are tied to a territory and carry its SIREN."""
AUTHORITY_KINDS = (*TERRITORIAL_KINDS, OrganisationKind.PUBLIC_BODY)
"""Public bodies, whose agents post needs; the other kinds carry solutions."""
CARRIER_KINDS = tuple(kind for kind in OrganisationKind if kind not in AUTHORITY_KINDS)
"""Companies, associations and the like, which register here themselves and wait for verification."""
RIGHTS_OF_AUTHORITIES = (Right.CONTRIBUTES, Right.ENGAGES, Right.OWNS)
RIGHTS_OF_CARRIERS = (Right.CONTRIBUTES, Right.DEPOSITS, Right.OWNS)

INVITATION_TERM = dt.timedelta(days=14)
"""How long somebody may take to answer an invitation."""
