from django.db import models

from .enums import TerritoryKind


class TerritoryQuerySet(models.QuerySet):
    def communes(self) -> "TerritoryQuerySet":
        """The 130 communes, Paris among them."""
        return self.filter(kind=TerritoryKind.COMMUNE)

    def second_level(self) -> "TerritoryQuerySet":
        """The 12 territories: the 11 EPT, and Paris, which is its own."""
        return self.filter(parent__kind=TerritoryKind.METROPOLE)

    def in_tree_order(self) -> "TerritoryQuerySet":
        """The métropole, then each territory by its number, then its communes by name."""
        return self.select_related("parent").order_by("number", "-parent__kind", "name")
