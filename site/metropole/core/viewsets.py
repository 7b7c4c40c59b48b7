from typing import Any

from django.contrib import messages
from django.db.models import Count, ProtectedError, QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet


class UsageCountMixin:
    """A snippet's listing that shows, and sorts by, how many pieces of content use each entry.

    ``usage_relation`` names the relation from the snippet to the content.
    """

    usage_relation = "contents"

    def get_queryset(self, request: Any) -> QuerySet:
        return self.model._default_manager.annotate(usage_count=Count(self.usage_relation, distinct=True))


class UnusedOnlyDeleteView(DeleteView):
    """Deletes what nothing needs. Wagtail says so beforehand, from an index of uses that may be late."""

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request, gettext("“%(name)s” is still used: nothing was deleted.") % {"name": self.object}
            )
            return redirect(self.usage_url)


class FilingSnippetViewSet(UsageCountMixin, SnippetViewSet):
    """Base of the controlled vocabularies' listings: search, filters, usage counts, export."""

    list_per_page = 50
    list_export = ["name", "slug"]
    delete_view_class = UnusedOnlyDeleteView


def usage_column() -> Column:
    return Column("usage_count", label=_("Uses"), sort_key="usage_count", width="8%")
