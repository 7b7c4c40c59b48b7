from django.apps import apps
from django.db import models
from django.db.models import F, Prefetch
from django.utils import timezone


class NeedQuerySet(models.QuerySet):
    def published(self) -> "NeedQuerySet":
        """What everyone may read: published needs whose original text is there to be read."""
        return self.filter(
            published_at__lte=timezone.now(), texts__live=True, texts__locale__language_code=F("language")
        )

    def listed(self) -> "NeedQuerySet":
        """What the search and lists give: of what is published, neither what is archived nor what stands elsewhere."""
        return self.published().filter(archived_at=None, merged_at=None)

    def with_texts(self) -> "NeedQuerySet":
        """With their words in each language, in one query."""
        texts = apps.get_model("board", "NeedText").objects.select_related("locale")
        return self.prefetch_related(Prefetch("texts", texts))

    def with_carriers(self) -> "NeedQuerySet":
        """With the authorities that carry them besides the lead, in one query."""
        carriers = apps.get_model("board", "CoCarrier").objects.select_related("organisation__territory")
        return self.prefetch_related(Prefetch("co_carriers", carriers))

    def with_filing(self) -> "NeedQuerySet":
        """With everything that cards and search documents print, in a constant number of queries."""
        return (
            self.with_texts()
            .select_related("organisation__territory")
            .prefetch_related("territories__aliases", "themes", "tagged_items__tag")
        )
