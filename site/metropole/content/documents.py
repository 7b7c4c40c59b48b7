"""What of a piece of content is indexed: the same for every kind of page, but for some facets of its own.

A content is one document, whatever the number of its versions: filed, dated and counted as its original is, and found
by the words of each.
"""

from collections.abc import Callable, Iterator, Sequence

from django.utils import translation
from django.utils.html import strip_tags
from wagtail.models import Page

from metropole.search.documents import Document, Version, document_id
from metropole.search.registry import register_documents

from .filing import filing_facets, filing_keywords
from .models import ContentPage

Facets = dict[str, tuple[str, ...]]


def register_content(
    model: type[ContentPage], facets: Callable[[Page], Facets] = lambda page: {}, **period: str
) -> None:
    """Has a kind of content indexed.

    ``facets(page)`` gives the values of its own facets; ``opens_at`` and ``closes_at`` name the fields of its period.
    """

    def build(page: ContentPage) -> Document:
        instants = {name: getattr(page, field) for name, field in period.items()}
        return content_document(page, facets(page), **instants)

    register_documents(model, build, lambda: model.objects.published().originals().with_filing(), read_translations)


def read_translations(pages: Sequence[ContentPage]) -> None:
    """Gives pages of one kind their published translations, all in one go."""
    found: dict[str, list[ContentPage]] = {}
    for version in type(pages[0]).objects.published().translations_of(pages).order_by("locale__language_code"):
        found.setdefault(version.translation_key, []).append(version)
    for page in pages:
        page.published_translations = found.get(page.translation_key, [])


def content_document(page: ContentPage, own_facets: Facets, **period) -> Document:
    organisations = list(page.organisations.all())
    return Document(
        id=document_id(page),
        type=page.content_type_name,
        language=page.language,
        **vars(version_of(page)),
        versions={version.language: version_of(version) for version in page.published_translations},
        keywords=filing_keywords(page, organisations),
        date=page.date,
        organisations=tuple(organisation.name for organisation in organisations),
        facets={
            **filing_facets(page),
            "programme": (page.programme.slug,) if page.programme else (),
            "year": (str(page.date.year),) if page.date else (),
            **own_facets,
        },
        **period,
    )


def version_of(page: ContentPage) -> Version:
    # The labels within its text are those of the page's own language, whoever publishes it.
    with translation.override(page.language):
        text = "\n".join(texts(page))
    return Version(page.title, page.url or "", page.summary, text)


def texts(page: ContentPage) -> Iterator[str]:
    """The page's words: its facts, its sections, what else is read on it, its body."""
    yield from (fact.value for fact in page.facts if fact.value)
    yield from (_plain(section.html) for section in page.sections if section.html)
    yield from map(_plain, page.further_texts)
    for block in page.body:
        yield from block.block.get_searchable_content(block.value)


def _plain(html: str) -> str:
    # Tags stand between words: "<li>one</li><li>two</li>" is two words.
    return strip_tags(html.replace("<", " <"))
