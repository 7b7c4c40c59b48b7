from collections.abc import Iterator
from itertools import groupby

from metropole.core.xml_sitemap import Version, Versions, versions

from .models import Need, NeedText


def need_versions() -> Iterator[Versions]:
    """The published needs, for search engines, in each language in which they are written."""
    texts = NeedText.objects.filter(live=True, need__in=Need.objects.published())
    written = texts.order_by("need_id").values_list("need__slug", "need__published_at", "locale__language_code")
    for (slug, published_at), rows in groupby(written, lambda row: row[:2]):
        found = versions("board:need", slug, languages=[language for *_need, language in rows])
        yield {code: Version(version.path, published_at) for code, version in found.items()}
