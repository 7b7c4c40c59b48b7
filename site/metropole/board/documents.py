from django.utils import translation
from django.utils.html import strip_tags

from metropole.content.filing import filing_facets, filing_keywords
from metropole.search.documents import Document, document_id
from metropole.search.registry import register_documents

from .models import Need


def register() -> None:
    """Has the published needs indexed."""
    register_documents(Need, need_document, lambda: Need.objects.published().with_filing())


def need_document(need: Need) -> Document | None:
    if not need.is_public:
        return None
    with translation.override(need.language):
        url = need.get_absolute_url()
    return Document(
        id=document_id(need),
        type="need",
        language=need.language,
        title=need.title,
        summary=need.summary,
        text="\n".join(strip_tags(section.html.replace("<", " <")) for section in need.sections),
        keywords=filing_keywords(need, [need.organisation]),
        url=url,
        date=need.published_at.date(),
        organisations=(need.organisation.name,),
        facets={**filing_facets(need), "year": (str(need.published_at.year),)},
        opens_at=need.published_at,
        closes_at=need.closes_at,
        is_example=need.is_example,
    )
