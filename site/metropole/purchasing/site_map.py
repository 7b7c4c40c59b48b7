from collections.abc import Iterator

from metropole.core.xml_sitemap import Version, Versions, versions

from .models import Presentation, PurchasingGroup


def purchase_versions() -> Iterator[Versions]:
    """For search engines: the list, the presentations in each language in which they are written, the groups."""
    yield versions("purchasing:presentations")
    originals = Presentation.objects.listed()
    written = Presentation.objects.filter(translation_key__in=originals.values("translation_key"))
    languages: dict[object, list[str]] = {}
    for key, language in written.values_list("translation_key", "locale__language_code"):
        languages.setdefault(key, []).append(language)
    for key, slug, published_at in originals.values_list("translation_key", "slug", "published_at"):
        found = versions("purchasing:presentation", slug, languages=languages[key])
        yield {code: Version(version.path, published_at) for code, version in found.items()}
    for key in PurchasingGroup.objects.listed().values_list("key", flat=True):
        yield versions("purchasing:group", str(key))
