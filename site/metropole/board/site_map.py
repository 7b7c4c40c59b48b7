from collections.abc import Iterator

from metropole.core.xml_sitemap import Version, Versions, versions

from .models import Need


def need_versions() -> Iterator[Versions]:
    """The published needs, for search engines, in each language in which they are written."""
    for need in Need.objects.published().with_texts():
        found = versions("board:need", need.slug, languages=list(need.live_texts))
        yield {code: Version(version.path, need.published_at) for code, version in found.items()}
