from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q
from wagtail.models import Locale, Page, PageManager
from wagtail.query import PageQuerySet

from metropole.organisations.models import Organisation


def filing_relations() -> list[Prefetch | str]:
    """The relations that a sheet prints, each fetched in one query."""
    return [
        Prefetch("organisations", Organisation.objects.select_related("territory")),
        "territories",
        "themes",
        Prefetch("tagged_items", apps.get_model("content", "TaggedContent").objects.select_related("tag")),
    ]


class ContentPageQuerySet(PageQuerySet):
    def published(self) -> "ContentPageQuerySet":
        """What everyone may read: live, and below no page that asks for a password or an account."""
        return self.live().public()

    def originals(self) -> "ContentPageQuerySet":
        """Each content once: in the site's main language, or in its own where there is no such version."""
        main = Locale.get_default()
        versions = Page.objects.live().filter(translation_key=OuterRef("translation_key"), locale=main)
        return self.filter(Q(locale=main) | ~Exists(versions))

    def with_filing(self) -> "ContentPageQuerySet":
        """With everything that search documents hold, in a constant number of queries."""
        related = self.select_related("programme", "locale")
        return related.prefetch_related(*filing_relations(), "territories__aliases")


ContentPageManager = PageManager.from_queryset(ContentPageQuerySet)
