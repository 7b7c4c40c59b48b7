from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .admin import IndexesView, TroublePanel, policy


class IndexesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.user_has_permission(request.user, "change")


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("search-indexes/", include(([path("", IndexesView.as_view(), name="indexes")], "search_admin")))]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return IndexesMenuItem(_("Search indexes"), reverse("search_admin:indexes"), icon_name="search", order=800)


@hooks.register("construct_homepage_panels")
def add_trouble_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(TroublePanel(request))
