from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from metropole.core.viewsets import FilingSnippetViewSet, usage_column

from .models import Programme, SynonymGroup, Tag, Theme


class ThemeViewSet(FilingSnippetViewSet):
    model = Theme
    icon = "folder-open-inverse"
    menu_label = _("Themes")
    list_display = ["name", "parent", "locale", usage_column()]
    list_filter = ["parent"]
    search_fields = ["name", "slug"]
    search_backend_name = None
    ordering = ["locale_id", "name"]
    panels = [FieldPanel(name) for name in ("name", "slug", "parent", "description", "position")]


class ProgrammeViewSet(FilingSnippetViewSet):
    model = Programme
    icon = "pick"
    menu_label = _("Programmes")
    list_display = ["name", "short_name", "locale", usage_column()]
    search_fields = ["name", "short_name"]
    search_backend_name = None
    panels = [FieldPanel(name) for name in ("name", "short_name", "slug")]


class TagViewSet(FilingSnippetViewSet):
    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    usage_relation = "tagged_contents"
    list_display = ["name", "slug", usage_column()]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        InlinePanel("names", panels=[FieldPanel("locale"), FieldPanel("name")], heading=_("Names in other languages")),
    ]


class SynonymViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "rotate"
    menu_label = _("Synonyms")
    search_fields = ["terms"]
    search_backend_name = None
    panels = [FieldPanel("terms")]


class TaxonomyViewSetGroup(SnippetViewSetGroup):
    items = (ThemeViewSet, ProgrammeViewSet, TagViewSet, SynonymViewSet)
    menu_icon = "folder-open-inverse"
    menu_label = _("Filing")
    menu_order = 310
