from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from metropole.search.presets import Preset
from metropole.search.services import facet_counts
from metropole.search.views import listing_response

from .models import Theme
from .themes import counted_themes


def theme_index(request: HttpRequest) -> HttpResponse:
    """The défis and their chantiers, each with the number of items filed under it."""
    return render(request, "taxonomy/theme_index.html", {"themes": counted_themes(facet_counts("theme"))})


def theme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published on a theme: a search with the theme given."""
    theme = get_object_or_404(Theme.objects.in_language().select_related("parent"), slug=slug)
    preset = Preset(path=request.path, locked={"theme": (slug,)}, heading=theme.name)
    context = {
        "theme": theme,
        "heading": theme.name,
        "intro": theme.description,
        "children": theme.children.all(),
    }
    return listing_response(request, preset, "taxonomy/theme_detail.html", context)
