from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class ContentPageQuerySet(PageQuerySet):
    def published(self) -> "ContentPageQuerySet":
        """What everyone may read: live, and below no page that asks for a password or an account."""
        return self.live().public()

    def with_filing(self) -> "ContentPageQuerySet":
        """With everything that cards and search documents print, in a constant number of queries."""
        return self.select_related("programme", "locale").prefetch_related(
            "organisations", "territories__aliases", "themes", "tagged_items__tag"
        )


ContentPageManager = PageManager.from_queryset(ContentPageQuerySet)
