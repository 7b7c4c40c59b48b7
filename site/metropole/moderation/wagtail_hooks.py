import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from metropole.content.models import ContentPage
from metropole.core.policy import policy

from .admin import DeletionView, QueueView, RemovedView, ReportView, ReviewView, WaitingPanel, menu_label
from .models import Submission
from .viewsets import AccuracyPeriodViewSet, CannedMessageViewSet

register_snippet(CannedMessageViewSet)
register_snippet(AccuracyPeriodViewSet)

urls = [
    path("", QueueView.as_view(), name="queue"),
    path("pages/<int:page_id>/", ReviewView.as_view(), name="review"),
    path("deletions/<int:pk>/", DeletionView.as_view(), name="deletion"),
    path("reports/<int:pk>/", ReportView.as_view(), name="report"),
    path("removed/", RemovedView.as_view(), name="removed"),
]


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("moderation/", include((urls, "moderation_admin")))]


class QueueMenuItem(MenuItem):
    """With how much waits: counted when the menu is shown."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may(request.user, "moderation.queue")

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        component.label = menu_label(str(self.label))
        return component


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    url = reverse("moderation_admin:queue")
    return QueueMenuItem(gettext_lazy("To be decided"), url, name="moderation", icon_name="clipboard-list", order=90)


class RemovedMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may(request.user, "moderation.queue")


@hooks.register("register_reports_menu_item")
def removed_menu_item() -> MenuItem:
    url = reverse("moderation_admin:removed")
    return RemovedMenuItem(gettext_lazy("Removed pages"), url, icon_name="bin", order=900)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingPanel(request))


class ReviewMenuItem(ActionMenuItem):
    """From the editor to where its version is read and decided."""

    name = "action-review"
    label = gettext_lazy("Review and decide")
    icon_name = "clipboard-list"

    def get_url(self, parent_context: dict) -> str:
        return reverse("moderation_admin:review", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu")
def decide_on_the_review_screen(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """The editor's own buttons would save what is in the form with the decision: nobody decides on their own words."""
    if any(isinstance(item, WorkflowMenuItem) for item in menu_items):
        menu_items[:] = [item for item in menu_items if not isinstance(item, WorkflowMenuItem)]
        menu_items.append(ReviewMenuItem(order=5))


WORDS = frozenset({"field", "canned", "reason"})
"""What goes with a decision: the fields of its forms."""


@hooks.register("before_edit_page")
def refuse_garbled_decisions(request: HttpRequest, page: Page) -> None:
    """Wagtail takes what comes with a decision for JSON, without a look."""
    if request.method != "POST" or not request.POST.get("action-workflow-action"):
        return
    try:
        said = json.loads(request.POST.get("workflow-action-extra-data", "{}"))
    except ValueError:
        said = None
    is_submission = isinstance(page.current_workflow_task_state, Submission)
    is_said = isinstance(said, dict) and all(name in WORDS and isinstance(text, str) for name, text in said.items())
    if not is_said or "workflow-action-name" not in request.POST or not is_submission:
        raise PermissionDenied


@hooks.register("before_publish_page")
def say_why_it_is_not_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A new page of one's own organisation is kept as a draft, to be submitted."""
    if not isinstance(page, ContentPage) or policy.may(request.user, "content.publish", page):
        return None
    if page.live_revision_id is None:
        # Wagtail puts a page to be published online before it asks.
        page.live, page.has_unpublished_changes = False, True
        page.save(clean=False)
    messages.error(request, _("It is kept as a draft: submit it, somebody else must approve what is your own."))
    return redirect("wagtailadmin_pages:edit", page.pk)
