from django.utils.html import strip_tags

from metropole.content.filing import filing_facets, filing_keywords
from metropole.search.documents import Document, document_id
from metropole.search.registry import register_documents

from .models import Need, NeedText


def register() -> None:
    """Has the published needs indexed."""
    register_documents(Need, need_document, lambda: Need.objects.published().with_filing())


def need_document(need: Need) -> Document | None:
    if not need.is_public:
        return None
    return Document(
        id=document_id(need),
        type="need",
        language=need.language,
        **words_by_language(need)[need.language],
        keywords=filing_keywords(need, [need.organisation]),
        url=need.address_in(need.language),
        date=need.published_at.date(),
        organisations=(need.organisation.name,),
        facets={**filing_facets(need), "year": (str(need.published_at.year),)},
        opens_at=need.published_at,
        closes_at=need.closes_at,
        is_example=need.is_example,
    )


def words_by_language(need: Need) -> dict[str, dict[str, str]]:
    """What search knows of each published text of a need, by the code of its language."""
    return {language: _words(text) for language, text in need.live_texts.items()}


def _words(text: NeedText) -> dict[str, str]:
    sections = (strip_tags(section.html.replace("<", " <")) for section in text.sections)
    return {"title": text.title, "summary": text.summary, "text": "\n".join(sections)}
