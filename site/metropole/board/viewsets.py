from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, LiveStatusTagColumn, LocaleColumn
from wagtail.locks import BaseLock
from wagtail.permissions import ModelPermissionPolicy
from wagtail.rich_text import expand_db_html
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet, UnpublishView

from metropole.core.fields import ProseField

from .models import NeedText


class NeedTextPolicy(ModelPermissionPolicy):
    """Texts come and go with their need: not even an administrator adds or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class OriginalLock(BaseLock):
    """Keeps the authority's own words as they are: nobody saves or publishes others in their place."""

    def for_user(self, user: Any) -> bool:
        return self.object.is_original


class ReadOnlyPanel(FieldPanel):
    """A field as it is, rich text as its readers see it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs | {"read_only": True})

    def format_value_for_display(self, value: str) -> str:
        return mark_safe(expand_db_html(value)) if isinstance(self.db_field, ProseField) else value  # noqa: S308


class NeedTextIndexView(IndexView):
    """The list, without boxes to tick: there is nothing to do to several texts at once."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class NeedTextEditView(EditView):
    """Shows an original. For a translation, wagtail-localize shows its own screen in the place of this one."""

    def get_lock(self) -> BaseLock:
        return OriginalLock(self.object)


class NeedTextUnpublishView(UnpublishView):
    """Takes a translation back; without its original, a need would be gone."""

    def get_object(self, queryset: QuerySet | None = None) -> NeedText:
        text = super().get_object(queryset)
        if text.is_original:
            raise PermissionDenied
        return text


class NeedTextViewSet(SnippetViewSet):
    model = NeedText
    icon = "clipboard-list"
    menu_label = _("Texts of needs")
    add_to_admin_menu = True
    menu_order = 330
    copy_view_enabled = False
    index_view_class = NeedTextIndexView
    edit_view_class = NeedTextEditView
    unpublish_view_class = NeedTextUnpublishView
    permission_policy = NeedTextPolicy(NeedText)
    list_per_page = 50
    list_display = [
        "title",
        Column("need.organisation", label=_("Lead authority"), sort_key="need__organisation__name"),
        LocaleColumn(label=_("Language")),
        LiveStatusTagColumn(label=_("Status")),
    ]
    search_fields = ["title", "need__organisation__name"]
    search_backend_name = None
    panels = [
        HelpPanel(
            _(
                "Read only: an original is in its authority's own words, and a translation is changed where it is "
                "translated. To translate this text, choose “Translate” in the list."
            )
        ),
        *[ReadOnlyPanel(name) for name in NeedText.word_fields],
    ]

    def get_queryset(self, request: Any) -> QuerySet:
        return NeedText.objects.select_related("need__organisation")
