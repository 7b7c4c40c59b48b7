"""The journal in the admin: Wagtail's history of the site, with for whom each thing was done, and why."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.models import BaseLogEntry


class JournalFilterSet(SiteHistoryReportFilterSet):
    organisation = django_filters.CharFilter(
        label=_("Organisation"), field_name="data__organisation__name", lookup_expr="icontains"
    )


class JournalView(LogEntriesView):
    """Each reads of it what they may change, or are given to see; administrators all."""

    page_title = _("Journal")
    results_template_name = "core/admin/journal_results.html"
    filterset_class = JournalFilterSet
    index_url_name = "journal:index"
    index_results_url_name = "journal:results"
    list_export = [*LogEntriesView.list_export, "organisation_name", "comment"]
    export_headings = LogEntriesView.export_headings | {
        "organisation_name": _("Organisation"),
        "comment": _("Change and reason"),
    }

    def decorate_paginated_queryset(self, queryset: QuerySet) -> list[BaseLogEntry]:
        entries = super().decorate_paginated_queryset(queryset)
        for entry in entries:
            entry.organisation_name = entry.data.get("organisation", {}).get("name", "")
        return entries
