from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem, LockedMenuItem
from wagtail.snippets.models import register_snippet

from .models import NeedText
from .publishing import hooks as publishing_hooks  # noqa: F401 - they register themselves
from .viewsets import NeedTextViewSet

register_snippet(NeedTextViewSet)


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
