"""The needs in the menu of the admin, and their addresses there."""

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from metropole.core.policy import policy

from .admin import NeedsView, NeedView, PreviewView

patterns = [
    path("", NeedsView.as_view(), name="needs"),
    path("<int:pk>/", NeedView.as_view(), name="need"),
    path("<int:pk>/preview/", PreviewView.as_view(), name="preview"),
]


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("needs/", include((patterns, "needs_admin")))]


class NeedsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may(request.user, "need.list")


@hooks.register("register_admin_menu_item")
def needs_menu_item() -> MenuItem:
    return NeedsMenuItem(_("Needs"), reverse_lazy("needs_admin:needs"), icon_name="clipboard-list", order=325)
