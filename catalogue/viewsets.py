from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from metropole.core.policy import policy

from .deployments.admin import DeploymentViewSet
from .models import LegalDuty


class LegalDutyViewSet(SnippetViewSet):
    """The law changes: its dates and texts are changed here, with the day on which somebody checked them."""

    model = LegalDuty
    icon = "doc-full"
    menu_label = _("Legal duties")
    list_display = ["title", "ground", "applies_from", "checked_on", "locale"]
    list_filter = ["ground", "locale"]
    search_fields = ["title", "text", "article"]
    search_backend_name = None
    ordering = ["applies_from", "code"]
    panels = [
        FieldPanel(name)
        for name in (
            "code",
            "ground",
            "title",
            "text",
            "article",
            "applies_from",
            "source_url",
            "note",
            "checked_on",
        )
    ]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may(request.user, "solutions.import")


class CatalogueViewSetGroup(SnippetViewSetGroup):
    items = (DeploymentViewSet, LegalDutyViewSet)
    menu_icon = "list-ul"
    menu_label = _("Catalogue")
    menu_order = 315

    def get_submenu_items(self) -> list[MenuItem]:
        """The listings, then the import, which is none."""
        imports = ImportMenuItem(
            _("Import of sheets"), reverse_lazy("catalogue_imports:imports"), icon_name="upload", order=500
        )
        return [*super().get_submenu_items(), imports]
