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
RIGHTS_OF_AUTHORITIES = (Right.CONTRIBUTES, Right.ENGAGES, Right.OWNS)
RIGHTS_OF_CARRIERS = (Right.CONTRIBUTES, Right.DEPOSITS, Right.OWNS)
