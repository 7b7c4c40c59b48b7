from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.core.sitemap import SiteMapLink
from metropole.core.xml_sitemap import Versions, versions
from metropole.search.services import facet_counts

from .models import Theme


@dataclass(frozen=True)
class CountedTheme:
    name: str
    url: str
    count: int
    children: list["CountedTheme"]


def counted_themes(counts: Mapping[str, int]) -> list[CountedTheme]:
    """The défis in the reader's language, each with its chantiers and the number of items filed there."""
    themes = list(Theme.objects.in_language().select_related("parent"))
    return [
        _counted(theme, counts, [child for child in themes if child.is_below(theme)])
        for theme in themes
        if theme.parent_id is None
    ]


def _counted(theme: Theme, counts: Mapping[str, int], children: list[Theme]) -> CountedTheme:
    return CountedTheme(
        theme.name,
        theme.get_absolute_url(),
        counts.get(theme.slug, 0),
        [_counted(child, counts, []) for child in children],
    )


def home_themes(request: HttpRequest) -> list[CountedTheme]:
    """The front page's way in by theme."""
    return counted_themes(facet_counts("theme"))


def theme_branch() -> SiteMapLink:
    """The themes' pages, as a branch of the site map."""
    return SiteMapLink(_("Themes"), reverse("taxonomy:index"), [_branch(theme) for theme in counted_themes({})])


def _branch(theme: CountedTheme) -> SiteMapLink:
    return SiteMapLink(theme.name, theme.url, [_branch(child) for child in theme.children])


def theme_versions() -> Iterator[Versions]:
    """The themes' pages, for search engines, each in the languages in which it has a name."""
    yield versions("taxonomy:index")
    languages: dict[str, set[str]] = {}
    for slug, language in Theme.objects.values_list("slug", "locale__language_code"):
        languages.setdefault(slug, set()).add(language)
    for slug, known in languages.items():
        yield versions("taxonomy:theme", slug, languages=known)
