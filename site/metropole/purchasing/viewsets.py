from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, LocaleColumn
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from metropole.core.policy import policy
from metropole.taxonomy.models import Theme

from .models import Presentation

MOST_SOLUTIONS = 20


class PresentationForm(WagtailAdminModelForm):
    """A solution in which authorities are interested stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "themes" in self.fields:
            self.fields["themes"].queryset = Theme.objects.canonical()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for row in self.formsets["solutions"].forms if "solutions" in self.formsets else ():
            is_deleted = bool(self.data.get(f"{row.prefix}-DELETE"))
            if is_deleted and row.instance.pk and row.instance.interests.exists():
                words = {"title": row.instance.title}
                raise ValidationError(_("Authorities are interested in “%(title)s”: it stays.") % words)
        return cleaned


class PresentationPolicy(ModelPermissionPolicy):
    """Nobody deletes one: moderators archive it, with the reason, which the log keeps."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


class ListView(IndexView):
    """The list, without boxes to tick: nothing is done to several at once."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class PresentationViewSet(SnippetViewSet):
    """The reversed call: editors select solutions, and say by which criteria."""

    model = Presentation
    icon = "pick"
    menu_label = gettext_lazy("Presentations of solutions")
    copy_view_enabled = False
    permission_policy = PresentationPolicy(Presentation)
    index_view_class = ListView
    list_per_page = 50
    list_display = ["title", "opens_at", "closes_at", "published_at", "archived_at", LocaleColumn()]
    search_fields = ["title", "summary"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(name) for name in ("title", "slug", "summary", "reasons")],
                heading=gettext_lazy("What is presented, and why"),
            ),
            InlinePanel(
                "solutions",
                panels=[FieldPanel("solution")],
                heading=gettext_lazy("Solutions, in the order in which they are read"),
                label=gettext_lazy("Solution"),
                min_num=1,
                max_num=MOST_SOLUTIONS,
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("themes", "territories")],
                heading=gettext_lazy("Filing"),
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("session_place", "session_at", "session_url")],
                heading=gettext_lazy("Session"),
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("opens_at", "closes_at", "published_at", "is_example")],
                heading=gettext_lazy("Calendar"),
            ),
        ],
        base_form_class=PresentationForm,
    )


class GroupsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may(request.user, "purchase_group.list")


class PurchasingViewSetGroup(SnippetViewSetGroup):
    items = (PresentationViewSet,)
    menu_icon = "pick"
    menu_label = gettext_lazy("Grouped purchases")
    menu_order = 335

    def get_submenu_items(self) -> list[MenuItem]:
        groups = GroupsMenuItem(
            gettext_lazy("Purchasing groups"), reverse_lazy("purchasing_admin:groups"), icon_name="group", order=500
        )
        return [*super().get_submenu_items(), groups]
