from django.db import models

from .enums import AUTHORITY_KINDS, TERRITORIAL_KINDS


class OrganisationQuerySet(models.QuerySet):
    def authorities(self) -> "OrganisationQuerySet":
        return self.filter(kind__in=AUTHORITY_KINDS)

    def territorial(self) -> "OrganisationQuerySet":
        """The communes, the EPT and the métropole."""
        return self.filter(kind__in=TERRITORIAL_KINDS)
