from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from metropole.core.policy import policy

from .admin.members import MembersView
from .admin.queue import QueueView, WaitingPanel
from .models import LegalText, Organisation
from .viewsets import LegalTextViewSet, OrganisationViewSet

register_snippet(OrganisationViewSet)
register_snippet(LegalTextViewSet)

admin_patterns = [
    path("", QueueView.as_view(), name="queue"),
    path("<int:pk>/members/", MembersView.as_view(), name="members"),
]


class QueueMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may(request.user, "organisation.verify")


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("organisations/", include((admin_patterns, "organisations_admin")))]


@hooks.register("register_reports_menu_item")
def queue_menu_item() -> MenuItem:
    url = reverse("organisations_admin:queue")
    return QueueMenuItem(_("Organisations to verify"), url, icon_name="group", order=810)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingPanel(request))


@hooks.register("before_delete_snippet")
def keep_texts_in_force(request: HttpRequest, snippets: Iterable[Any]) -> HttpResponse | None:
    """People agreed to them: what they read stays to be read."""
    if not any(isinstance(snippet, LegalText) and snippet.is_in_force for snippet in snippets):
        return None
    messages.error(request, gettext("This text is in force: write a new version instead."))
    return redirect(LegalText.snippet_viewset.get_url_name("list"))


@hooks.register("register_snippet_listing_buttons")
def members_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Organisation) and policy.may(user, "organisation.manage", snippet):
        url = reverse("organisations_admin:members", args=[snippet.pk])
        yield Button(_("Members"), url, icon_name="group", priority=15)
