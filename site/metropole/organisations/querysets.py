from django.db import models

from .enums import TERRITORIAL_KINDS


class OrganisationQuerySet(models.QuerySet):
    def territorial(self) -> "OrganisationQuerySet":
        """The communes, the EPT and the métropole."""
        return self.filter(kind__in=TERRITORIAL_KINDS)
