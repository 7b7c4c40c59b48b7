from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from metropole.core.viewsets import UnusedOnlyDeleteView

from ..models import Threshold


class ThresholdViewSet(SnippetViewSet):
    """The law changes: a new amount is another row, from its first day on. What a need was held against stays."""

    model = Threshold
    icon = "doc-full"
    menu_label = _("Thresholds of the law")
    add_to_admin_menu = True
    menu_order = 331
    copy_view_enabled = False
    delete_view_class = UnusedOnlyDeleteView
    list_display = ["key_in_words", "amount", "valid_from", "valid_to", "article", "verified_on"]
    list_filter = ["key"]
    list_export = ["key", "amount", "valid_from", "valid_to", "article", "source_url", "verified_by", "verified_on"]
    search_fields = ["article", "note"]
    search_backend_name = None
    ordering = ["key", "-valid_from"]
    panels = [
        FieldPanel(name)
        for name in (
            "key",
            "amount",
            "valid_from",
            "valid_to",
            "article",
            "source_url",
            "note",
            "verified_by",
            "verified_on",
        )
    ]
