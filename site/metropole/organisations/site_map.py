from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.core.sitemap import SiteMapLink
from metropole.core.xml_sitemap import Versions, versions

from .enums import LegalKind
from .models import LegalText, Organisation

LEGAL_ADDRESSES = {LegalKind.CHARTER: "organisations:charter", LegalKind.TERMS: "organisations:terms"}


def organisation_branch() -> SiteMapLink:
    """The directory, and below it what those who are in it have agreed to."""
    children = [SiteMapLink(capfirst(str(kind.label)), reverse(name)) for kind, name in _texts_in_force()]
    return SiteMapLink(_("Directory"), reverse("organisations:directory"), children)


def organisation_versions() -> Iterator[Versions]:
    """The directory and the organisations' pages, for search engines; an authority's is its territory's."""
    yield versions("organisations:directory")
    for slug in Organisation.objects.listed().values_list("slug", flat=True):
        yield versions("organisations:detail", slug)


def legal_versions() -> Iterator[Versions]:
    """The texts in force, for search engines."""
    for _kind, name in _texts_in_force():
        yield versions(name)


def _texts_in_force() -> list[tuple[LegalKind, str]]:
    in_force = set(LegalText.objects.in_force().values_list("kind", flat=True))
    return [(kind, name) for kind, name in LEGAL_ADDRESSES.items() if kind in in_force]
