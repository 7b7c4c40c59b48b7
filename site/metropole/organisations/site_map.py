from collections.abc import Iterator

from metropole.core.xml_sitemap import Versions, versions

from .models import Organisation


def organisation_versions() -> Iterator[Versions]:
    """The organisations' pages, for search engines; an authority's is its territory's."""
    for slug in Organisation.objects.filter(territory=None).values_list("slug", flat=True):
        yield versions("organisations:detail", slug)
