from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.core.navigation import Link, trail
from metropole.search.presets import Preset
from metropole.search.services import facet_counts
from metropole.search.views import listing_response

from .models import Theme
from .themes import counted_themes


def theme_index(request: HttpRequest) -> HttpResponse:
    """The défis and their chantiers, each with the number of items filed under it."""
    context = {"themes": counted_themes(facet_counts("theme")), "breadcrumb": trail(_index_link())}
    return render(request, "taxonomy/theme_index.html", context)


def theme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published on a theme: a search with the theme given."""
    themes = Theme.objects.in_language().select_related("parent")
    theme = get_object_or_404(themes, slug=slug)
    preset = Preset(path=request.path, locked={"theme": (slug,)}, heading=theme.name)
    context = {
        "theme": theme,
        "heading": theme.name,
        "breadcrumb": trail(_index_link(), *(_link(place) for place in (theme.parent, theme) if place)),
        "intro": theme.description,
        "children": themes.filter(parent__slug=slug),
        "written_in": Theme.objects.languages(slug),
    }
    return listing_response(request, preset, "taxonomy/theme_detail.html", context)


def _index_link() -> Link:
    return Link(_("Themes"), reverse("taxonomy:index"))


def _link(theme: Theme) -> Link:
    return Link(theme.name, theme.get_absolute_url())
