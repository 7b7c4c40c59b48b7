from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.core.sitemap import SiteMapLink
from metropole.core.xml_sitemap import Versions, versions

from .models import Territory


def territory_branch() -> SiteMapLink:
    """The territories' pages; communes are listed on the territories' own page."""
    second_level = Territory.objects.second_level().order_by("number")
    children = [SiteMapLink(territory.name, territory.get_absolute_url()) for territory in second_level]
    return SiteMapLink(_("Territories"), reverse("territory:index"), children)


def territory_versions() -> Iterator[Versions]:
    """The territories' pages, for search engines."""
    yield versions("territory:index")
    for slug in Territory.objects.values_list("slug", flat=True):
        yield versions("territory:detail", slug)
