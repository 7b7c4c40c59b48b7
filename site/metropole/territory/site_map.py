from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.core.sitemap import SiteMapLink

from .models import Territory


def territory_branch() -> SiteMapLink:
    """The territories' pages; communes are listed on the territories' own page."""
    second_level = Territory.objects.second_level().order_by("number")
    children = [SiteMapLink(territory.name, territory.get_absolute_url()) for territory in second_level]
    return SiteMapLink(_("Territories"), reverse("territory:index"), children)
