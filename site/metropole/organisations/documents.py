from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst

from metropole.search.analysis import LANGUAGES
from metropole.search.documents import Document, Version, document_id
from metropole.search.registry import register_documents

from .models import Organisation


def register() -> None:
    """Has the organisations indexed."""
    register_documents(Organisation, organisation_document, _queryset)


def organisation_document(organisation: Organisation) -> Document:
    """The document of an organisation: its name is the same in every language, its description is in the main one."""
    territory = organisation.territory or organisation.based_in
    versions = {language: _version(organisation, language) for language in LANGUAGES}
    original = versions.pop(settings.LANGUAGE_CODE)
    # Its town's other names are no names of a company.
    aliases = [alias.name for alias in territory.aliases.all()] if organisation.territory else []
    return Document(
        id=document_id(organisation),
        type="organisation",
        language=settings.LANGUAGE_CODE,
        **vars(original),
        versions={} if organisation.description else versions,
        keywords=dict.fromkeys(LANGUAGES, (*aliases, *filter(None, [organisation.siren]))),
        facets={"territory": (territory.slug,) if territory else ()},
    )


def _version(organisation: Organisation, language: str) -> Version:
    with translation.override(language):
        summary = organisation.description or capfirst(organisation.get_kind_display())
        return Version(organisation.name, organisation.get_absolute_url(), summary)


def _queryset():
    return (
        Organisation.objects.verified().select_related("territory", "based_in").prefetch_related("territory__aliases")
    )
