from django.db import models
from django.utils import timezone


class NeedQuerySet(models.QuerySet):
    def published(self) -> "NeedQuerySet":
        """What everyone may read."""
        return self.filter(published_at__lte=timezone.now())

    def with_filing(self) -> "NeedQuerySet":
        """With everything that cards and search documents print, in a constant number of queries."""
        return self.select_related("organisation__territory").prefetch_related(
            "territories__aliases", "themes", "tagged_items__tag"
        )
