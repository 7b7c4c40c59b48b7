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


TERRITORIAL_KINDS = (OrganisationKind.METROPOLE, OrganisationKind.EPT, OrganisationKind.COMMUNE)
"""Authorities that are tied to a territory and carry its SIREN."""
