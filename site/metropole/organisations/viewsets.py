from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from metropole.core.viewsets import FilingSnippetViewSet, usage_column

from .models import Organisation


class OrganisationViewSet(FilingSnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    add_to_admin_menu = True
    menu_order = 320
    list_display = ["name", "kind", "siren", usage_column()]
    list_filter = ["kind"]
    list_export = ["name", "slug", "kind", "siren", "siret", "website"]
    search_fields = ["name", "siren", "siret"]
    search_backend_name = None
    ordering = ["name"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("name"), FieldPanel("slug"), FieldPanel("territory")],
            heading=_("Identity"),
        ),
        MultiFieldPanel([FieldPanel("siren"), FieldPanel("siret")], heading=_("INSEE identifiers")),
        FieldPanel("website"),
        FieldPanel("description"),
    ]
