from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from metropole.core.viewsets import FilingSnippetViewSet, usage_column

from .models import Territory


class TerritoryViewSet(FilingSnippetViewSet):
    model = Territory
    icon = "site"
    menu_label = _("Territories")
    add_to_admin_menu = True
    menu_order = 300
    list_display = ["name", "kind", "parent", "insee_code", "population", usage_column()]
    list_filter = ["kind", "department", "parent"]
    list_export = ["name", "slug", "kind", "parent", "insee_code", "siren", "department", "population"]
    search_fields = ["name", "aliases__name", "insee_code", "siren"]
    search_backend_name = None
    ordering = ["number", "name"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("slug"), FieldPanel("kind"), FieldPanel("parent"), FieldPanel("number")],
            heading=_("Identity"),
        ),
        InlinePanel("aliases", heading=_("Other names"), label=_("Other name")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("insee_code", "siren", "department", "population")],
            heading=_("Official data"),
        ),
        MultiFieldPanel(
            [FieldPanel("latitude"), FieldPanel("longitude"), FieldPanel("outline")],
            heading=_("On the map"),
            classname="collapsed",
        ),
    ]
