from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .audit import tell_wagtail
from .journal import JournalView

journal_urls = [
    path("", JournalView.as_view(), name="index"),
    path("results/", JournalView.as_view(results_only=True), name="results"),
]

# After Wagtail and all others have named theirs.
hooks.register("register_log_actions", tell_wagtail, order=1000)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("journal/", include((journal_urls, "journal")))]


@hooks.register("register_reports_menu_item")
def journal_item() -> MenuItem:
    return MenuItem(_("Journal"), reverse("journal:index"), name="journal", icon_name="history", order=1000)


@hooks.register("construct_reports_menu")
def leave_wagtail_s_history_out(request: HttpRequest, items: list[MenuItem]) -> None:
    """The journal holds the same entries, and says more of them."""
    items[:] = [item for item in items if item.name != "site-history"]
