from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet


class UsageCountMixin:
    """A snippet's listing that shows, and sorts by, how many pieces of content use each entry.

    ``usage_relation`` names the relation from the snippet to the content.
    """

    usage_relation = "contents"

    def get_queryset(self, request: Any) -> QuerySet:
        return self.model._default_manager.annotate(usage_count=Count(self.usage_relation, distinct=True))


class FilingSnippetViewSet(UsageCountMixin, SnippetViewSet):
    """Base of the controlled vocabularies' listings: search, filters, usage counts, export."""

    list_per_page = 50
    list_export = ["name", "slug"]


def usage_column() -> Column:
    return Column("usage_count", label=_("Uses"), sort_key="usage_count", width="8%")
