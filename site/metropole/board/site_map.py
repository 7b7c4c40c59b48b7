from collections.abc import Iterator

from metropole.core.xml_sitemap import Version, Versions, versions

from .models import Need


def need_versions() -> Iterator[Versions]:
    """The published needs, for search engines, each in the language in which it is written."""
    for slug, language, published_at in Need.objects.published().values_list("slug", "language", "published_at"):
        for code, version in versions("board:need", slug, languages=[language]).items():
            yield {code: Version(version.path, published_at)}
