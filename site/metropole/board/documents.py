from django.utils.html import strip_tags

from metropole.content.filing import filing_facets, filing_keywords
from metropole.search.documents import Document, Version, document_id
from metropole.search.registry import register_documents

from .models import Need, NeedText


def register() -> None:
    """Has the published needs indexed."""
    register_documents(Need, need_document, lambda: Need.objects.listed().with_filing())


def need_document(need: Need) -> Document | None:
    if not need.is_listed:
        return None
    versions = versions_of(need)
    return Document(
        id=document_id(need),
        type="need",
        language=need.language,
        **vars(versions.pop(need.language)),
        versions=versions,
        keywords=filing_keywords(need, [need.organisation]),
        date=need.published_at.date(),
        organisations=(need.organisation.name,),
        facets={**filing_facets(need), "year": (str(need.published_at.year),)},
        opens_at=need.published_at,
        closes_at=need.ends_at,
        is_example=need.is_example,
    )


def versions_of(need: Need) -> dict[str, Version]:
    """Each published text of a need, by the code of its language."""
    return {language: _version(need, text) for language, text in sorted(need.live_texts.items())}


def _version(need: Need, text: NeedText) -> Version:
    sections = (strip_tags(section.html.replace("<", " <")) for section in text.sections)
    return Version(text.title, need.address_in(text.language), text.summary, "\n".join(sections))
