from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import AccuracyPeriod, CannedMessage


class CannedMessageViewSet(SnippetViewSet):
    model = CannedMessage
    icon = "mail"
    menu_label = _("Ready-made messages")
    list_display = ["title", "kind"]
    list_filter = ["kind"]
    panels = [FieldPanel("kind"), FieldPanel("title"), FieldPanel("text_fr"), FieldPanel("text_en")]


class ChangeOnlyPolicy(ModelPermissionPolicy):
    """Not even an administrator adds or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class AccuracyPeriodViewSet(SnippetViewSet):
    """After how long each kind of content is asked about; the kinds are those of the code."""

    model = AccuracyPeriod
    icon = "calendar-check"
    menu_label = _("Periods of accuracy")
    list_display = ["kind_label", "months"]
    panels = [FieldPanel("kind", read_only=True), FieldPanel("months")]
    copy_view_enabled = False
    permission_policy = ChangeOnlyPolicy(AccuracyPeriod)
