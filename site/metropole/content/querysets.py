from collections.abc import Iterable

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
        """Each content once: in the site's main language, or in its first where it is not published in that one.

        An alias repeats the text of another version, under the name of a language that may not be its own: it is none.
        """
        main = Locale.get_default()
        others = Page.objects.live().public().filter(translation_key=OuterRef("translation_key"), alias_of=None)
        preferred = others.filter(Q(locale=main) | Q(pk__lt=OuterRef("pk")))
        return self.filter(Q(locale=main) | ~Exists(preferred), alias_of=None)

    def translations_of(self, pages: Iterable[Page]) -> "ContentPageQuerySet":
        """The other versions of some pages."""
        keys = [page.translation_key for page in pages]
        others = self.filter(translation_key__in=keys, alias_of=None).exclude(pk__in=[page.pk for page in pages])
        return others.select_related("locale")

    def with_filing(self) -> "ContentPageQuerySet":
        """With everything that search documents hold, in a constant number of queries."""
        related = self.select_related("programme", "locale")
        return related.prefetch_related(*filing_relations(), "territories__aliases")


ContentPageManager = PageManager.from_queryset(ContentPageQuerySet)
