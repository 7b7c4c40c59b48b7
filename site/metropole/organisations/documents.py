from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst

from metropole.search.analysis import LANGUAGES
from metropole.search.documents import Document, document_id
from metropole.search.registry import register_documents

from .models import Organisation


def register() -> None:
    """Has the organisations indexed."""
    register_documents(Organisation, organisation_document, _queryset)


def organisation_document(organisation: Organisation) -> Document:
    territory = organisation.territory
    with translation.override(settings.LANGUAGE_CODE):
        url, kind = organisation.get_absolute_url(), organisation.get_kind_display()
    aliases = [alias.name for alias in territory.aliases.all()] if territory else []
    return Document(
        id=document_id(organisation),
        type="organisation",
        language=settings.LANGUAGE_CODE,
        title=organisation.name,
        summary=organisation.description or capfirst(kind),
        text="",
        keywords=dict.fromkeys(LANGUAGES, (*aliases, *filter(None, [organisation.siren]))),
        url=url,
        facets={"territory": (territory.slug,) if territory else ()},
    )


def _queryset():
    return Organisation.objects.select_related("territory").prefetch_related("territory__aliases")
