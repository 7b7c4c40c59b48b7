from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

_branches: list[Callable[[], "SiteMapLink"]] = []


@dataclass
class SiteMapLink:
    title: str
    url: str
    children: list["SiteMapLink"] = field(default_factory=list)


def register_site_map_branch(provider: Callable[[], SiteMapLink]) -> None:
    """Adds a branch of pages that are not in Wagtail's tree. Called from ``AppConfig.ready()``."""
    _branches.append(provider)


def site_tree(site: Site | None) -> list[SiteMapLink]:
    """The home page, the sections and standard pages below it, then the branches of the apps."""
    if site is None:
        return []
    home = site.root_page.localized
    pages = [_link(page) for page in home.get_children().live().in_menu().specific()]
    search = SiteMapLink(_("Search"), reverse("search:search"))
    return [_link(home), search, *pages, *(branch() for branch in _branches)]


def _link(page: Page) -> SiteMapLink:
    return SiteMapLink(page.title, page.url)
