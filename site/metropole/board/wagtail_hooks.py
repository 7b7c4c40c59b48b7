from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.action_menu import ActionMenuItem, LockedMenuItem
from wagtail.snippets.models import register_snippet

from metropole.moderation.policy import is_moderator

from .models import NeedText
from .publishing import hooks as publishing_hooks  # noqa: F401 - they register themselves
from .sharing.admin import urls as merging_urls
from .sharing.viewsets import ThresholdViewSet
from .viewsets import NeedTextViewSet

register_snippet(NeedTextViewSet)
register_snippet(ThresholdViewSet)


@hooks.register("register_admin_urls")
def merging_admin_urls() -> list:
    return [path("needs-merging/", include((merging_urls, "sharing_admin")))]


class MergingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_moderator(request.user)


@hooks.register("register_admin_menu_item")
def merging_menu_item() -> MenuItem:
    url = reverse("sharing_admin:merging")
    return MergingMenuItem(_("Merging needs"), url, name="merging", icon_name="resubmit", order=332)


@hooks.register("before_delete_snippet")
def keep_texts(request: HttpRequest, instances: list) -> None:
    """Deleting several at once asks for a right that administrators have, not for the viewset's policy."""
    if any(isinstance(instance, NeedText) for instance in instances):
        raise PermissionDenied


@hooks.register("construct_snippet_action_menu")
def say_that_it_is_locked(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """In the place of the buttons, which an original has none of."""
    if context["model"] is NeedText and context.get("locked_for_user"):
        menu_items.append(LockedMenuItem())
